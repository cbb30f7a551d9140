using GoImg.Core.Shared;

namespace GoImg.Web.Shell;

/// <summary>How a form that changed something answers: a sentence as a toast, back to where it was.</summary>
internal static class PostRedirect
{
    public static IResult Back(HttpContext http, string? returnUrl, Flash? flash)
    {
        flash?.Leave(http);
        return Results.LocalRedirect(ReturnUrl.Local(returnUrl));
    }

    /// <summary>The error's words instead when it did not work. What is hidden or absent is the not-found page.</summary>
    public static IResult Back(HttpContext http, string? returnUrl, Result result, Flash? done) =>
        result.Error switch
        {
            null => Back(http, returnUrl, done),
            SignInRequired => Results.LocalRedirect("/sign-in?returnUrl=" + Uri.EscapeDataString(ReturnUrl.Local(returnUrl))),
            { Kind: ErrorKind.NotFound } => Results.NotFound(),
            var error => Back(http, returnUrl, new Flash(ErrorText.Of(error))),
        };
}
