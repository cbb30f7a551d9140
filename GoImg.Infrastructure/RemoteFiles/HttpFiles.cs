using System.Net;
using GoImg.Core.Images;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.RemoteFiles;

/// <summary>Files by HTTP, over <see cref="GuardedConnections"/>: no proxy, no cookies, no credentials, a connection for each request, and redirects
/// followed here so that each address is judged. A singleton.</summary>
internal sealed partial class HttpFiles : IRemoteFiles, IDisposable
{
    private const int MaxRedirects = 3;

    private readonly RemoteFilesOptions _options;
    private readonly IReadOnlySet<int> _ports;
    private readonly ILogger<HttpFiles> _logger;
    private readonly HttpClient _http;

    public HttpFiles(RemoteFilesOptions options, NameResolver names, ILogger<HttpFiles> logger)
    {
        (_options, _ports, _logger) = (options, options.AllowedPorts, logger);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = new GuardedConnections(names, options).ConnectAsync,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            // Used once: the next request looks the name up and is judged anew.
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        };
        // The caller's token is the limit.
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("GoImg");
        _http.DefaultRequestHeaders.Accept.ParseAdd("image/*");
    }

    public bool IsOn => _options.Enabled;

    public TimeSpan TimeLimit => _options.TimeLimit;

    public async Task<RemoteFile?> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var at = address;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (!MayBeAsked(at))
                return Refuse(at, "its scheme, port or user name is not taken");
            HttpResponseMessage response;
            try
            {
                response = await _http.GetAsync(at, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            }
            catch (HttpRequestException failed)
            {
                return Refuse(at, failed.Message);
            }

            if (response.StatusCode == HttpStatusCode.OK)
                return new RemoteFile(
                    new RemoteContent(response, await response.Content.ReadAsStreamAsync(cancellationToken)),
                    response.Content.Headers.ContentLength,
                    NameOf(at)
                );

            using (response)
            {
                if (NextOf(response, at) is not { } next)
                    return Refuse(at, $"status {(int)response.StatusCode}");
                at = next;
            }
        }

        return Refuse(at, "too many redirects");
    }

    public void Dispose() => _http.Dispose();

    private bool MayBeAsked(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length == 0
        && _ports.Contains(address.Port);

    private static Uri? NextOf(HttpResponseMessage response, Uri from) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308
        && response.Headers.Location is { } location
        && Uri.TryCreate(from, location, out var next)
            ? next
            : null;

    private static string NameOf(Uri address) => Uri.UnescapeDataString(address.Segments[^1].Trim('/'));

    // For whoever runs the site; who asked is told the same whatever it was.
    private RemoteFile? Refuse(Uri address, string why)
    {
        LogNotFetched(_logger, address.Host, why);
        return null;
    }

    [LoggerMessage(LogLevel.Information, "Nothing was fetched from {Host} for a member: {Why}.")]
    private static partial void LogNotFetched(ILogger logger, string host, string why);
}
