namespace GoImg.Web.Shell;

/// <summary>Who this gallery is; bound from <c>Site</c>.</summary>
internal sealed record SiteOptions
{
    /// <summary>In the bar, in titles, in mails. Default GoImg.</summary>
    public string Name { get; init; } = "GoImg";

    /// <summary>One sentence for search engines and the installed app.</summary>
    public string Description { get; init; } = "A gallery for people and their pictures.";
}
