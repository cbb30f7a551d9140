using GoImg.Web.Api;

namespace GoImg.Web.Hosting;

/// <summary>The last word on everything that failed: a problem for the API, a readable page for people.</summary>
internal static class FailureAnswers
{
    public static void UseFailureAnswers(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = Faults.StatusOf,
        });
        app.UseWhen(http => http.IsApi(), api => api.UseStatusCodePages(ApiFailures.AnswerBareStatusAsync));
        app.UseWhen(http => !http.IsApi(), pages => pages.UseStatusCodePagesWithReExecute("/status/{0}"));
    }
}
