namespace GoImg.Web.Shell;

/// <summary>Who this gallery is; bound from <c>Site</c>.</summary>
internal sealed record SiteOptions
{
    /// <summary>In the bar, in titles, in mails. Default GoImg.</summary>
    public string Name { get; init; } = "GoImg";

    /// <summary>The site's address as people type it, without a path. Default empty: what the server listens on. Decides links in mails
    /// and feeds, whether cookies are for https only, and which Host headers are answered.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>One sentence for search engines and the installed app.</summary>
    public string Description { get; init; } = "A gallery for people and their pictures.";
}
