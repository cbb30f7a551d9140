using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace GoImg.Web.Http;

/// <summary>What an exception that no one expected is answered with.</summary>
internal static class ExceptionStatusCodes
{
    public static int StatusOf(Exception exception) =>
        exception switch
        {
            BadHttpRequestException refused => refused.StatusCode,
            _ when IsDatabaseGone(exception) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };

    private static bool IsDatabaseGone(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is System.Data.Common.DbException { IsTransient: true } or SocketException or RetryLimitExceededException)
                return true;
        }

        return exception is TimeoutException or DbUpdateException { InnerException: TimeoutException };
    }
}
