using System.Globalization;
using GoImg.Core.Storage;

namespace GoImg.Web.Http;

/// <summary>What browsers are told about every answer: pages, files, errors alike. An endpoint that sets a stricter header keeps it.</summary>
internal static class SecurityHeaders
{
    // 'unsafe-inline' for styles only: a tile's ratio and colour are its own. blob: and data: are previews before an upload and placeholders.
    // base-uri 'self': pages have a <base href="/">, which circuits need.
    // In connect-src 'self' covers the circuit's WebSocket: CSP level 3 matches ws and wss of the same host.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        + Pictures
        + "; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    private const string Pictures = "img-src 'self' data: blob:";

    private const int RetrySeconds = 10;

    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        var policy = app.ApplicationServices.GetRequiredService<IDirectDelivery>().Origin is { } store
            // Browsers ask the policy again where a redirect leads.
            ? ContentSecurityPolicy.Replace(Pictures, $"{Pictures} {store}", StringComparison.Ordinal)
            : ContentSecurityPolicy;
        app.Use(
            (http, next) =>
            {
                // At the last moment: the exception handler clears what was set before it.
                http.Response.OnStarting(() => Write(http, policy));
                return next(http);
            }
        );
    }

    private static Task Write(HttpContext http, string policy)
    {
        var headers = http.Response.Headers;
        headers.TryAdd("Content-Security-Policy", policy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd(
            "Permissions-Policy",
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
        );
        if (http.Request.IsHttps)
            headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
        if (http.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
            headers.TryAdd("Retry-After", RetrySeconds.ToString(CultureInfo.InvariantCulture));
        // What is made for one member is no other's, caches between included.
        if (http.User.Identity?.IsAuthenticated == true)
            headers.TryAdd("Cache-Control", "private, no-cache");
        return Task.CompletedTask;
    }
}
