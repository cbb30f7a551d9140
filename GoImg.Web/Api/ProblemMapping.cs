using System.Diagnostics;
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
            Title = TitleOf(error.Kind),
            Status = status ?? StatusOf(error.Kind),
            Detail = error.Message,
            Instance = context.Request.Path,
        };
        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.TraceIdentifier;
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

    private static string TitleOf(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.Invalid => "Something in the request breaks a rule",
            ErrorKind.Unauthenticated => "Not signed in",
            ErrorKind.Forbidden => "Not allowed",
            ErrorKind.NotFound => "Not found",
            ErrorKind.Conflict => "In conflict with what is there",
            ErrorKind.PreconditionFailed => "A condition of the request does not hold",
            ErrorKind.TooLarge => "Too large",
            ErrorKind.Unsupported => "Kind of file not supported",
            ErrorKind.Unprocessable => "The file can't be used",
            ErrorKind.TooMany => "Too many requests",
            ErrorKind.StorageFull => "No room",
            ErrorKind.Unavailable => "Not available right now",
            _ => "Something broke on our side",
        };
}
