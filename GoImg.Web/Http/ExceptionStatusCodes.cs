using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace GoImg.Web.Http;

/// <summary>What an exception that no one expected is answered with.</summary>
internal static class ExceptionStatusCodes
{
    public static int StatusOf(Exception exception) =>
        exception switch
        {
            BadHttpRequestException refused => refused.StatusCode,
            _ when IsTextThatCantBeKept(exception) => StatusCodes.Status400BadRequest,
            _ when IsDatabaseGone(exception) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };

    /// <summary>NUL, half a surrogate pair: text that came past <see cref="Core.Shared.Text"/>, to be looked up for instance.</summary>
    private static bool IsTextThatCantBeKept(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (
                cause
                is EncoderFallbackException
                    or DbException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter }
            )
                return true;
        }

        return false;
    }

    private static bool IsDatabaseGone(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (
                cause
                is DbException { IsTransient: true }
                    or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
                    or SocketException
                    or RetryLimitExceededException
            )
                return true;
        }

        return exception is TimeoutException or DbUpdateException { InnerException: TimeoutException };
    }
}
