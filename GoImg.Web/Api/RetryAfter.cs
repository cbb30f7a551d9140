using System.Globalization;
using GoImg.Core.Accounts;
using GoImg.Core.Export;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;

namespace GoImg.Web.Api;

/// <summary>Tells the client when to come back, for errors that pass by themselves.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan TransientFailures = TimeSpan.FromSeconds(10);

    public static void Tell(HttpContext http, Error error)
    {
        TimeSpan? after = error switch
        {
            RateLimitExceeded limited => limited.RetryAfter,
            AccountErrors.LockedOut locked => TimeSpan.FromMinutes(locked.Minutes),
            ExportErrors.TooMany used => used.Next - http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
            ApiErrors.KeyInUse => TimeSpan.FromSeconds(1),
            { Kind: ErrorKind.Unavailable } => TransientFailures,
            _ => null,
        };
        if (after is { } wait && !http.Response.HasStarted)
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
