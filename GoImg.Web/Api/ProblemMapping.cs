using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Api;

/// <summary>The one place where an error becomes <c>application/problem+json</c> (RFC 9457).</summary>
public static class ProblemMapping
{
    /// <param name="status">For statuses that no kind of error stands for.</param>
    public static ProblemHttpResult ToProblem(this Error error, HttpContext context, int? status = null)
    {
        RetryAfter.Tell(context, error);
        var problem = Describe(error, context, status);
        // asked for with every 401 (RFC 9110, section 15.5.2)
        if (problem.Status == StatusCodes.Status401Unauthorized && context.Response.Headers.WWWAuthenticate.Count == 0)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(problem);
    }

    /// <param name="status">For statuses that no kind of error stands for, such as 405.</param>
    public static ProblemDetails Describe(Error error, HttpContext context, int? status = null)
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:goimg:error:{error.Code}",
            Title = TitleOf(error),
            Status = status ?? StatusOf(error.Kind),
            Detail = error.Message,
            Instance = context.Request.Path,
        };
        problem.Extensions["traceId"] = context.TraceIdentifier;
        problem.Extensions["code"] = error.Code;
        if (error is ValidationFailed failed)
            problem.Extensions["errors"] = failed.Fields.Select(f => new { field = f.Field, message = f.Message }).ToArray();
        return problem;
    }

    public static int StatusOf(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.Invalid => StatusCodes.Status400BadRequest,
            ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            ErrorKind.Conflict => StatusCodes.Status409Conflict,
            ErrorKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
            ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            ErrorKind.Unsupported => StatusCodes.Status415UnsupportedMediaType,
            ErrorKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
            ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
            ErrorKind.StorageFull => StatusCodes.Status507InsufficientStorage,
            ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            ErrorKind.Broken => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status500InternalServerError,
        };

    // Names of kinds for programs and their logs; what happened and what to do is the detail, which follows the reader's language.
    private static string TitleOf(Error error) =>
        error switch
        {
            ApiErrors.MalformedRequest => "Bad request",
            ApiErrors.WrongMethod => "Method not allowed",
            ApiErrors.NotAcceptable => "Not acceptable",
            AccountErrors.WrongCredentials => "Invalid credentials",
            AccountErrors.InvalidRefreshToken or ApiErrors.InvalidToken => "Invalid token",
            _ => TitleOf(error.Kind),
        };

    internal static string TitleOf(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.Invalid => "Validation failed",
            ErrorKind.Unauthenticated => "Unauthorized: not signed in",
            ErrorKind.Forbidden => "Forbidden",
            ErrorKind.NotFound => "Not found",
            ErrorKind.Conflict => "Conflict",
            ErrorKind.PreconditionFailed => "Precondition failed",
            ErrorKind.TooLarge => "Too large",
            ErrorKind.Unsupported => "Unsupported media type",
            ErrorKind.Unprocessable => "Unprocessable",
            ErrorKind.TooMany => "Too many requests",
            ErrorKind.StorageFull => "No room",
            ErrorKind.Unavailable => "Not available right now",
            _ => "Something broke on our side",
        };
}
