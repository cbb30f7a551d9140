using GoImg.Core.Shared;
using GoImg.Web.Http;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Api;

/// <summary>Turns what endpoints of the API throw, or leave as a bare status, into problem+json. Says what was wrong with the request; of
/// our own faults only the trace id.</summary>
internal sealed partial class ApiExceptionHandler(ILogger<ApiExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The middleware has put the error page's path in; what was asked for is beside it.
        var asked = httpContext.Features.GetRequiredFeature<IExceptionHandlerPathFeature>().Path;
        if (!ApiV1.Has(asked))
            return false;

        httpContext.Request.Path = asked;

        var status = ExceptionStatusCodes.StatusOf(exception);
        // What is handled here the middleware logs no more.
        if (status >= StatusCodes.Status500InternalServerError)
            LogFault(logger, exception, httpContext.Request.Method, asked, httpContext.TraceIdentifier);
        var problem =
            exception is BadHttpRequestException refused && status == StatusCodes.Status400BadRequest
                ? ProblemMapping.Describe(BindingErrors.Explain(refused), httpContext)
                : Describe(status, httpContext);
        await WriteAsync(httpContext, problem);
        return true;
    }

    /// <summary>For statuses without a body: 404 of no route, 405, 415 and the like.</summary>
    public static Task AnswerBareStatusAsync(StatusCodeContext context) =>
        WriteAsync(context.HttpContext, Describe(context.HttpContext.Response.StatusCode, context.HttpContext));

    private static Task WriteAsync(HttpContext http, ProblemDetails problem)
    {
        http.Response.StatusCode = problem.Status!.Value;
        return TypedResults.Problem(problem).ExecuteAsync(http);
    }

    private static ProblemDetails Describe(int status, HttpContext http) =>
        ProblemMapping.Describe(
            status switch
            {
                StatusCodes.Status400BadRequest => new ApiErrors.MalformedRequest("The request could not be read."),
                StatusCodes.Status401Unauthorized => new SignInRequired(),
                StatusCodes.Status403Forbidden => new NotAllowed(ApiErrorTexts.RoleNotAllowed),
                StatusCodes.Status404NotFound => new ApiErrors.UnknownAddress(),
                StatusCodes.Status405MethodNotAllowed => new ApiErrors.WrongMethod(http.Request.Method),
                StatusCodes.Status406NotAcceptable => new ApiErrors.NotAcceptable(),
                StatusCodes.Status413PayloadTooLarge => new ApiErrors.BodyTooLarge(),
                StatusCodes.Status415UnsupportedMediaType => new ApiErrors.WrongContentType(),
                StatusCodes.Status503ServiceUnavailable => new ApiErrors.Unavailable(),
                _ => new ApiErrors.Unexpected(),
            },
            http,
            status
        );

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed, request {RequestId}.")]
    private static partial void LogFault(ILogger logger, Exception exception, string method, string path, string requestId);
}
