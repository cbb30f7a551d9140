using System.Diagnostics;

namespace GoImg.Web.Http;

/// <summary>One id for each request: on its answer, in its problem, on its error page and in the log. A caller who keeps a log as well says its own
/// in the same header, and it is taken when it is well-formed.</summary>
internal sealed class RequestIds : IStartupFilter
{
    public const string Header = "X-Request-ID";

    private const int MaxLength = 128;

    private static readonly Func<ILogger, string, IDisposable?> LogScope = LoggerMessage.DefineScope<string>(Header + ":{RequestId}");

    /// <summary>Ahead of everything, the framework's own refusal of foreign Hosts too.</summary>
    public static void Register(IServiceCollection services) => services.Insert(0, ServiceDescriptor.Transient<IStartupFilter, RequestIds>());

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            var logger = app.ApplicationServices.GetRequiredService<ILogger<RequestIds>>();
            app.Use((http, rest) => GiveIdAsync(http, rest, logger));
            next(app);
        };

    private static async Task GiveIdAsync(HttpContext http, RequestDelegate next, ILogger logger)
    {
        http.TraceIdentifier = http.Request.Headers[Header] is [{ } given] && IsWellFormed(given) ? given : NewId();
        // At the last moment: the exception handler clears what was set before it.
        http.Response.OnStarting(
            static state =>
            {
                var http = (HttpContext)state;
                http.Response.Headers[Header] = http.TraceIdentifier;
                return Task.CompletedTask;
            },
            http
        );
        // The host's own scope was made with the id from before.
        using (LogScope(logger, http.TraceIdentifier))
            await next(http);
    }

    // What can't break out of a line of a log, a header or a page.
    private static bool IsWellFormed(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '+' or '/' or '=');

    private static string NewId() => (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
}
