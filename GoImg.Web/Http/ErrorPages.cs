using GoImg.Web.Api;
using Microsoft.AspNetCore.Diagnostics;

namespace GoImg.Web.Http;

/// <summary>The last word on everything that failed: a problem for the API, a readable page for people.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                StatusCodeSelector = ExceptionStatusCodes.StatusOf,
                // The page that failed has used up its scope: its navigation can't be started twice.
                CreateScopeForErrors = true,
            }
        );
        // On the main pipeline, not in a branch: only there a second run finds its page. What the API answers below has a body and passes it untouched.
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use(DrawPagesOnlyForPages);
        app.Use(ReadOnlyOnceFailed);
        app.UseWhen(http => http.IsApi(), api => api.UseStatusCodePages(ApiExceptionHandler.AnswerBareStatusAsync));
    }

    // No one reads a page where a picture, style or script was asked for, and drawing it costs more than the refusal saves. (Browsers say what
    // they ask for; whoever says nothing gets the page.)
    private static Task DrawPagesOnlyForPages(HttpContext http, RequestDelegate next)
    {
        var wanted = http.Request.Headers["Sec-Fetch-Dest"];
        if (
            wanted is [{ Length: > 0 } kind]
            && kind is not ("document" or "iframe" or "empty")
            && http.Features.Get<IStatusCodePagesFeature>() is { } pages
        )
            pages.Enabled = false;
        return next(http);
    }

    // The page that tells of a failure is only read, whatever was posted: it asks for no form token.
    private static Task ReadOnlyOnceFailed(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IExceptionHandlerFeature>() is not null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }
}
