using System.Globalization;
using GoImg.Core.RateLimits;
using GoImg.Web.Api;
using GoImg.Web.Shell;
using GoImg.Web.Uploads;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;

namespace GoImg.Web.RateLimits;

/// <summary>Counts requests against their address or member, and tells the API's clients how they stand. A page that is refused finds the
/// <see cref="RateLimitExceeded"/> among the request's features.</summary>
internal sealed class RequestLimits(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, RateLimiter rateLimiter, IRateLimitSettings set)
    {
        // A page drawn in place of an empty answer is the same request.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            await next(http);
            return;
        }

        var use = UseOf(http);
        var count = await rateLimiter.CountAsync(http.GetActor(), use, http.RequestAborted);
        if (http.IsApi() && count.Limit > 0)
        {
            // At the last moment: the exception handler clears what was set before it.
            http.Response.OnStarting(() => TellLimits(http.Response, count));
        }

        if (count.IsAllowed)
        {
            await next(http);
            return;
        }

        var error = new RateLimitExceeded(use, set.Of(use), count.RetryAfter);
        RetryAfter.Tell(http, error);
        if (http.IsApi())
        {
            await error.ToProblem(http).ExecuteAsync(http);
            return;
        }

        http.Features.Set(error);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
    }

    private static RateLimitedAction UseOf(HttpContext http)
    {
        // A monitor asking for health must not be counted with those it watches, and a page whose style or script is refused is worse than no page.
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
            return RateLimitedAction.Health;
        if (
            http.Request.Path.StartsWithSegments("/_framework", StringComparison.OrdinalIgnoreCase)
            || http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        )
            return RateLimitedAction.Asset;
        if (UploadRoutes.Has(http.Request.Path))
            return RateLimitedAction.UploadRequest;
        if (!http.IsApi() && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            return RateLimitedAction.Page;
        return http.User.Identity?.IsAuthenticated == true ? RateLimitedAction.MemberRequest : RateLimitedAction.Request;
    }

    private static Task TellLimits(HttpResponse response, RateLimitLease count)
    {
        response.Headers["RateLimit-Limit"] = count.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Remaining"] = count.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Reset"] = Math.Ceiling(count.ResetsIn.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}

internal static class LimitsSetup
{
    public static IServiceCollection AddRequestLimits(this IServiceCollection services)
    {
        // Of a scope, so that each request meets the limits of now.
        services.AddScoped<IRateLimitSettings>(provider => provider.GetRequiredService<RateLimitOptions>());
        services.AddScoped<RateLimiter>();
        return services;
    }

    public static void UseRequestLimits(this IApplicationBuilder app) => app.UseMiddleware<RequestLimits>();
}
