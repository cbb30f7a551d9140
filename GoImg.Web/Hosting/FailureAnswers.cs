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
        // On the main pipeline, not in a branch: only there a second run finds its page. What the API answers below has a body and passes it untouched.
        app.UseStatusCodePagesWithReExecute("/status/{0}");
        app.UseWhen(http => http.IsApi(), api => api.UseStatusCodePages(ApiFailures.AnswerBareStatusAsync));
    }
}
