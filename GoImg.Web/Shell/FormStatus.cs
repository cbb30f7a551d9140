using GoImg.Core.Shared;
using GoImg.Web.Api;

namespace GoImg.Web.Shell;

internal static class FormStatus
{
    /// <summary>A form that was refused is shown again, but is no success: scripts, tests and monitors see the same status as the API's.</summary>
    public static void AnswerWith(this HttpContext http, Error error)
    {
        if (http.Response.HasStarted)
            return;
        http.Response.StatusCode = ProblemMapping.StatusOf(error.Kind);
        RetryAfter.Tell(http, error);
    }
}
