using GoImg.Core.RateLimits;
using GoImg.Core.Shared;
using GoImg.Web.Api;
using GoImg.Web.Shell;
using GoImg.Web.Uploads.Tray;
using Microsoft.AspNetCore.Antiforgery;

namespace GoImg.Web.Uploads;

internal static class UploadRoutes
{
    /// <summary>Where the tray uploads, with the cookie of its page; the API has its own place.</summary>
    public const string OfTray = "/uploads";
    public const string OfApi = ApiV1.Prefix + "/uploads";

    private const string TokenHeader = "RequestVerificationToken";

    /// <summary>Every answer but those to OPTIONS names the protocol's version, refusals of every kind included.</summary>
    public static void UseUploadHeaders(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (Has(http.Request.Path) && !HttpMethods.IsOptions(http.Request.Method))
                    http.Response.OnStarting(
                        static state => Task.FromResult(((HttpResponse)state).Headers["Tus-Resumable"] = TusResponse.Version),
                        http.Response
                    );
                return next(http);
            }
        );

    public static void MapTrayUploads(this IEndpointRouteBuilder routes)
    {
        var tray = routes.MapGroup(OfTray).AllowAnonymous().AddEndpointFilter(CheckTokenAsync);
        tray.MapGroup("").MapTus();
        tray.MapPost("/known", DuplicateCheck.FindAsync);
        tray.MapTrayImages();
        tray.MapTrayAlbums();
        tray.MapGet("/allowance", TellAllowanceAsync);
    }

    public static bool Has(PathString path) =>
        path.StartsWithSegments(OfTray, StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(OfApi, StringComparison.OrdinalIgnoreCase);

    // An answer in any case, so that a script has something to read.
    private static async Task<IResult> TellAllowanceAsync(HttpContext http, RateLimiter rateLimiter) =>
        TypedResults.Ok(
            await rateLimiter.FindAllowanceAsync(http.GetActor(), RateLimitedAction.Upload, http.RequestAborted) is { } allowance
                ? new UploadAllowance(allowance.Limit.Count, allowance.Left)
                : new UploadAllowance(0, int.MaxValue)
        );

    /// <summary>A cookie alone is not enough to change something: any site could make a browser send it.</summary>
    private static async ValueTask<object?> CheckTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsOptions(http.Request.Method))
            return await next(context);
        if (!http.GetActor().IsSignedIn)
            return new SignInRequired().ToProblem(http);
        // By header only: looking for the token in the body would read the whole file.
        var isChange = !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsGet(http.Request.Method);
        return
            isChange
            && (
                http.Request.Headers[TokenHeader].Count == 0
                || !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            )
            ? TusResponse.Problem(http, new TusErrors.Forged())
            : await next(context);
    }
}

/// <summary>How many more files a member may send within the hour.</summary>
/// <param name="Limit">0 is none.</param>
internal sealed record UploadAllowance(int Limit, int Left);
