using GoImg.Web.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace GoImg.Web.Http;

/// <summary>Where this site is reached, for links that leave it (mails, feeds, the console). Never taken from a request's Host header.</summary>
internal sealed class SiteAddress(IServer server, IOptions<SiteOptions> site)
{
    /// <summary>Without a slash at the end. <c>Site:BaseUrl</c>, or the first address the server listens on; known once it does.</summary>
    public string Url => site.Value.BaseUrl is { Length: > 0 } set ? set.TrimEnd('/') : Listening();

    /// <summary>A page's one address for search engines: absolute where <c>Site:BaseUrl</c> says what the site is called, else a path. Whoever
    /// asks can't put a name of their own into it.</summary>
    public string Canonical(string path) => site.Value.BaseUrl is { Length: > 0 } set ? set.TrimEnd('/') + path : path;

    private string Listening()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5000";
        return address
            .TrimEnd('/')
            .Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal);
    }
}
