using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;

namespace GoImg.Web.Uploads;

/// <summary>Uploads by the form that needs no script. The tray's go to <c>/uploads</c>, see <c>Uploads/TusApi</c>.</summary>
internal static class UploadForms
{
    private const string TokenHeader = "RequestVerificationToken";
    private const string TokenField = "__RequestVerificationToken";

    // A form without script may carry several files.
    public const int MaxFilesOfForm = 10;

    // Before the page of the same address, which would take posts too.
    public const string Path = "/upload";

    public static void MapUploadForms(this IEndpointRouteBuilder routes) => routes.MapPost(Path, TakeFormAsync).AllowAnonymous().WithOrder(-1);

    private static async Task<IResult> TakeFormAsync(HttpContext http, UploadReceiver uploads, ImageLimits limits, IAntiforgery antiforgery)
    {
        var actor = http.GetActor();
        if (!actor.IsSignedIn)
            return TypedResults.LocalRedirect("/sign-in?returnUrl=%2Fupload");

        var outcomes = new List<Result<UploadOutcome>>();
        try
        {
            if (UploadFormReader.Open(http, limits, MaxFilesOfForm) is not { } form)
                return Back(new UploadFormErrors.NotAForm());

            while (await form.NextFileAsync(http.RequestAborted) is { } file)
            {
                if (outcomes.Count == 0 && !await IsGenuineAsync(http, form, antiforgery))
                    return Back(new UploadFormErrors.Malformed(UploadRequestTexts.OldToken));
                if (outcomes.Count == MaxFilesOfForm)
                    break;
                outcomes.Add(
                    await uploads.TakeAsync(actor, UploadSource.Form, form, file, _ => Task.FromResult(form.Details()), http.RequestAborted)
                );
            }
        }
        catch (Exception fault) when (UploadFormErrors.Explain(fault, limits) is { } error)
        {
            outcomes.Add(error);
        }

        if (outcomes.Count == 0)
            outcomes.Add(new UploadFormErrors.NoFile());
        new Flash(Summary(outcomes)).Leave(http);
        return TypedResults.LocalRedirect(outcomes.Exists(o => o.IsSuccess) ? "/library" : "/upload");

        IResult Back(Error error)
        {
            new Flash(ErrorText.Of(error)).Leave(http);
            return TypedResults.LocalRedirect("/upload");
        }
    }

    /// <summary>The form's token is its first field, so it is there when the first file comes.</summary>
    private static Task<bool> IsGenuineAsync(HttpContext http, UploadFormReader form, IAntiforgery antiforgery)
    {
        if (form.Field(TokenField) is not { } token)
            return Task.FromResult(false);

        http.Request.Headers[TokenHeader] = token;
        return antiforgery.IsRequestValidAsync(http);
    }

    private static string Summary(List<Result<UploadOutcome>> outcomes)
    {
        var (kept, known) = (
            outcomes.Count(o => o is { IsSuccess: true, Value.IsDuplicate: false }),
            outcomes.Count(o => o is { IsSuccess: true, Value.IsDuplicate: true })
        );
        string?[] sentences =
        [
            kept > 0 ? UploadTexts.Kept.With(kept) : null,
            known > 0 ? UploadTexts.KnownAlready.With(known) : null,
            .. outcomes.Where(o => !o.IsSuccess).Select(o => ErrorText.Of(o.Error!)).Distinct(StringComparer.Ordinal),
        ];
        var summary = string.Join(' ', sentences.Where(s => s is not null));
        return summary.Length <= 800 ? summary : summary[..800] + "…";
    }
}
