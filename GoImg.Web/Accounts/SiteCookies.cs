using GoImg.Web.Shell;

namespace GoImg.Web.Accounts;

/// <summary>How every cookie of GoImg is named and guarded.</summary>
internal static class SiteCookies
{
    /// <summary><c>__Host-</c> and Secure where the site is https, so that neither a sister domain nor plain http can set or read it.
    /// On plain http, a laptop's loopback for instance, browsers refuse both.</summary>
    public static void Apply(CookieBuilder cookie, string name, bool isHttps)
    {
        cookie.Name = NameOf(name, isHttps);
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }

    public static string NameOf(string name, bool isHttps) => (isHttps ? "__Host-goimg-" : "goimg-") + name;

    /// <summary>By <c>Site:BaseUrl</c> where it is set, else by what the server listens on.</summary>
    public static bool IsHttps(SiteOptions site, IConfiguration configuration)
    {
        if (site.BaseUrl is { Length: > 0 } baseUrl)
            return baseUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        // urls is the framework's key, which reads it itself.
        var urls = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return urls.Length > 0 && urls.All(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
    }
}
