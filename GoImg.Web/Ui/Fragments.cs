using Microsoft.AspNetCore.Components;

namespace GoImg.Web.Ui;

internal static class Fragments
{
    /// <summary>The address of an element of this very page. A bare <c>#id</c> would lead to the base address, which Blazor's circuits need.</summary>
    public static string Fragment(this NavigationManager navigation, string id) => new Uri(navigation.Uri).PathAndQuery + "#" + id;
}
