namespace GoImg.Web.Shell;

/// <summary>Where to go back to after a form, from a client's text.</summary>
internal static class ReturnUrl
{
    /// <summary>The path if it leads into this site, else the start page. Refuses <c>//host</c>, <c>/\host</c> and control characters, which browsers read as another site.</summary>
    public static string Local(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
