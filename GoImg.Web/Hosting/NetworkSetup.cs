using GoImg.Infrastructure.Configuration;
using GoImg.Web.Accounts;
using GoImg.Web.Shell;
using Microsoft.Extensions.Options;

namespace GoImg.Web.Hosting;

internal static partial class NetworkSetup
{
    public static void AddNetwork(this WebApplicationBuilder builder)
    {
        var options = builder.Services.AddValidatedOptions<NetworkOptions>(builder.Configuration);
        var site = builder.Services.AddValidatedOptions<SiteOptions>(builder.Configuration);
        builder.WebHost.ConfigureKestrel(options.Apply);
        builder.Services.Configure<ForwardedHeadersOptions>(options.Apply);
        // A Host header that is not this site's gets no answer: nothing may be cached or mailed under a stranger's name.
        builder.Services.Configure<Microsoft.AspNetCore.HostFiltering.HostFilteringOptions>(filter =>
        {
            // AllowedHosts is the framework's key, which binds it itself.
            if (site.BaseUrl is { Length: > 0 } url && builder.Configuration["AllowedHosts"] is null or "" or "*")
                filter.AllowedHosts = [new Uri(url).Host, "localhost", "127.0.0.1", "[::1]"];
        });
    }

    /// <summary>First of all: who is asking, behind the proxies we know.</summary>
    public static void UseNetwork(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<NetworkOptions>();
        if (options.AsksForMoreThanFilesAllow)
            LogFewFiles(app.Logger, OpenFiles.Limit, OpenFiles.MostConnections);
        if (options.HasProxies)
            app.UseForwardedHeaders();
        // A site whose address is https is reached through something that speaks TLS for it; inside, requests arrive as http.
        if (SiteCookies.IsHttps(app.Services.GetRequiredService<IOptions<SiteOptions>>().Value, app.Configuration))
        {
            app.Use(
                (http, next) =>
                {
                    http.Request.Scheme = Uri.UriSchemeHttps;
                    return next(http);
                }
            );
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "This process may have {Files} files open, so it takes {Connections} connections and as many live pages at once, "
            + "fewer than Network:MaxConnections or Network:MaxLivePages asks for. More files are allowed by LimitNOFILE of its unit, or by ulimit -n before it starts."
    )]
    private static partial void LogFewFiles(ILogger logger, long files, long connections);
}
