using GoImg.Core.Shared;
using GoImg.Web.Api;
using GoImg.Web.Shell;

namespace GoImg.Web.Http;

/// <summary>An error where bytes were asked for: problem+json below the API, else one plain sentence, for an <c>img</c> has no page to show.</summary>
internal sealed class ErrorResult(Error error) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            return error.ToProblem(httpContext).ExecuteAsync(httpContext);

        httpContext.Response.StatusCode = ProblemMapping.StatusOf(error.Kind);
        httpContext.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : httpContext.Response.WriteAsync(ErrorText.Of(error), httpContext.RequestAborted);
    }
}
