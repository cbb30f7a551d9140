using GoImg.Core.Shared;

namespace GoImg.Web.Shell;

/// <summary>Who this gallery is; bound from <c>Site</c>.</summary>
internal sealed record SiteOptions : IValidatedOptions
{
    public static string Section => "Site";

    /// <summary>In the bar, in titles, in mails. Default GoImg.</summary>
    [Reloadable]
    public string Name { get; init; } = "GoImg";

    /// <summary>The site's address as people type it, without a path. Default empty: what the server listens on. Decides links in mails
    /// and feeds, whether cookies are for https only, and which Host headers are answered.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>One sentence for search engines and the installed app.</summary>
    [Reloadable]
    public string Description { get; init; } = "A gallery for people and their pictures.";

    /// <summary>The languages readers choose from, separated by commas; the first is for those whose browser asks for none of them. Default en.</summary>
    public string Languages { get; init; } = "en";

    public IReadOnlyList<string> OfferedLanguages => Languages.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public void Check(OptionRules rules)
    {
        rules.Holds(Name.Length is > 0 and <= 40, "Site:Name needs 1 to 40 characters.");
        rules.Holds(
            string.IsNullOrEmpty(BaseUrl)
                || (
                    Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url)
                    && url.Scheme is ("http" or "https")
                    && url.PathAndQuery == "/"
                    && url.UserInfo.Length == 0
                ),
            $"Site:BaseUrl is \"{BaseUrl}\"; it must be the site's address without a path, such as https://images.example.org."
        );
        rules.Holds(OfferedLanguages.Count > 0, "Site:Languages names no language; en is one.");
        foreach (var unknown in OfferedLanguages.Except(Localization.Languages.Known))
            rules.Holds(false, $"Site:Languages has \"{unknown}\"; there are texts in {string.Join(", ", Localization.Languages.Known)}.");
    }
}
