using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;

namespace GoImg.Web.Ui;

/// <summary>The address of the page that is being made, as its reader knows it.</summary>
internal static class Fragments
{
    /// <summary>Path and query. A page that stands in for a failed answer (<paramref name="http"/> tells) has the address that failed.</summary>
    public static string Here(this NavigationManager navigation, HttpContext? http = null) =>
        http?.Features.Get<IStatusCodeReExecuteFeature>() is { } failed
            ? new PathString(failed.OriginalPath).ToUriComponent() + failed.OriginalQueryString
            : new Uri(navigation.Uri).PathAndQuery;

    /// <summary>The address of an element of this very page. A bare <c>#id</c> would lead to the base address, which Blazor's circuits need.</summary>
    public static string Fragment(this NavigationManager navigation, string id, HttpContext? http = null) => navigation.Here(http) + "#" + id;
}
