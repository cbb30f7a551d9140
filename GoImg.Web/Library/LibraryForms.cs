using System.Globalization;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Library;

/// <summary>What the forms of library and trash post to. Each acts on the chosen images, leaves a sentence, and goes back to where it was.</summary>
internal static class LibraryForms
{
    public static void MapLibraryForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        forms.MapPost("/library/visibility", SetVisibilityAsync);
        forms.MapPost("/library/tags", AddTagsAsync);
        forms.MapPost("/library/undo", UndoChangeAsync);
        forms.MapPost("/library/retry", RetryAsync);
        forms.MapPost("/library/trash", MoveToTrashAsync);
        forms.MapPost("/trash/undo", UndoAsync);
        forms.MapPost("/trash/restore", RestoreAsync);
        forms.MapPost("/trash/chosen", AskBeforeDeleting);
        forms.MapPost("/trash/delete", DeletePermanentlyAsync);
    }

    /// <summary>Where a POST takes back an edit of many; null when there is nothing to take back.</summary>
    public static string? UndoUrl(Guid? change) => change is { } made ? "/library/undo?change=" + made : null;

    /// <summary>Where a POST takes back what was moved to the trash at that moment.</summary>
    public static string UndoUrl(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"/trash/undo?at={at.UtcTicks}");

    private static async Task<IResult> SetVisibilityAsync(
        HttpContext http,
        BulkEdit bulk,
        [FromForm] Guid[] ids,
        [FromForm] Visibility visibility,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    )
    {
        var change = await bulk.SetVisibilityAsync(http.GetActor(), Ids(ids), visibility, cancellationToken);
        var done = visibility switch
        {
            Visibility.Public => LibraryTexts.NowPublic,
            Visibility.Unlisted => LibraryTexts.NowUnlisted,
            _ => LibraryTexts.NowPrivate,
        };
        return Back(http, returnUrl, Say(change, n => done.With(n)).WithUndo(UndoUrl(change.IsSuccess ? change.Value.Change : null)));
    }

    private static async Task<IResult> AddTagsAsync(
        HttpContext http,
        BulkEdit bulk,
        [FromForm] Guid[] ids,
        [FromForm] string? tags,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    )
    {
        var change = await bulk.AddTagsAsync(http.GetActor(), Ids(ids), tags ?? "", cancellationToken);
        return Back(
            http,
            returnUrl,
            Say(change, n => LibraryTexts.TagsAdded.With(n)).WithUndo(UndoUrl(change.IsSuccess ? change.Value.Change : null))
        );
    }

    private static async Task<IResult> UndoChangeAsync(
        HttpContext http,
        BulkEdit bulk,
        Guid change,
        [FromForm] IFormCollection form,
        CancellationToken cancellationToken
    )
    {
        // Bound for its token: an endpoint that takes no form is not asked for one.
        ArgumentNullException.ThrowIfNull(form);
        var undone = await bulk.UndoAsync(http.GetActor(), change, cancellationToken);
        return Back(
            http,
            "/library",
            undone.Error is NotFound ? new Flash(LibraryTexts.NothingToTakeBack) : Say(undone, n => LibraryTexts.TakenBack.With(n))
        );
    }

    private static async Task<IResult> RetryAsync(
        HttpContext http,
        ImageService images,
        Guid id,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    )
    {
        var retried = await images.RetryAsync(http.GetActor(), new ImageId(id), cancellationToken);
        return Back(http, returnUrl, new Flash(retried.Error is { } error ? ErrorText.Of(error) : ShellTexts.TryingAgain));
    }

    private static async Task<IResult> MoveToTrashAsync(
        HttpContext http,
        BulkEdit bulk,
        [FromForm] Guid[] ids,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    )
    {
        var change = await bulk.MoveToTrashAsync(http.GetActor(), Ids(ids), cancellationToken);
        var flash = Say(change, n => LibraryTexts.MovedToTrash.With(n));
        return Back(http, returnUrl, flash.WithUndo(change.IsSuccess && change.Value.Changed > 0 ? UndoUrl(change.Value.At) : null));
    }

    private static async Task<IResult> UndoAsync(
        HttpContext http,
        BulkEdit bulk,
        long at,
        [FromForm] IFormCollection form,
        CancellationToken cancellationToken
    )
    {
        // Bound for its token: an endpoint that takes no form is not asked for one.
        ArgumentNullException.ThrowIfNull(form);
        if (at < 0 || at > DateTimeOffset.MaxValue.UtcTicks)
            return Results.BadRequest();

        var change = await bulk.UndoTrashAsync(http.GetActor(), new DateTimeOffset(at, TimeSpan.Zero), cancellationToken);
        return Back(http, "/library", Say(change, n => n == 0 ? LibraryTexts.NothingToTakeBack : LibraryTexts.BackInLibrary.With(n)));
    }

    private static async Task<IResult> RestoreAsync(HttpContext http, BulkEdit bulk, [FromForm] Guid[] ids, CancellationToken cancellationToken)
    {
        var change = await bulk.RestoreAsync(http.GetActor(), Ids(ids), cancellationToken);
        return Back(http, "/trash", Say(change, n => LibraryTexts.BackInLibrary.With(n)));
    }

    // A redirect instead of a form that gets: the form's token must not end up in an address.
    private static IResult AskBeforeDeleting(HttpContext http, [FromForm] Guid[] ids) =>
        ids.Length > DeletePermanently.MaxImages
            ? Back(http, "/trash", new Flash(LibraryTexts.TooManyToDelete.With(ids.Length, DeletePermanently.MaxImages)))
            : Results.LocalRedirect("/trash/delete" + QueryString.Create(ids.Select(id => KeyValuePair.Create("ids", (string?)id.ToString("N")))));

    private static async Task<IResult> DeletePermanentlyAsync(
        HttpContext http,
        DeletePermanently trash,
        [FromForm] Guid[] ids,
        [FromForm] bool all,
        CancellationToken cancellationToken
    )
    {
        var change = all
            ? await trash.AllAsync(http.GetActor(), cancellationToken)
            : await trash.TheseAsync(http.GetActor(), Ids(ids), cancellationToken);
        return Back(http, "/trash", Say(change, n => LibraryTexts.DeletedPermanently.With(n)));
    }

    private static IResult Back(HttpContext http, string? returnUrl, Flash flash)
    {
        flash.Leave(http);
        return Results.LocalRedirect(ReturnUrl.Local(returnUrl ?? "/library"));
    }

    private static Flash Say(Result<BulkOutcome> change, Func<int, string> done)
    {
        if (change.Error is { } error)
            return new Flash(ErrorText.Of(error));

        var (changed, refused) = (change.Value.Changed, change.Value.Refused);
        if (changed == 0 && refused.Count > 0)
            return new Flash(refused.Count == 1 ? ErrorText.Of(refused[0].Why) : LibraryTexts.NothingChanged.With(ErrorText.Of(refused[0].Why)));
        return refused.Count == 0
            ? new Flash(done(changed))
            : new Flash(LibraryTexts.LeftAsTheyWere.With(done(changed), refused.Count, ErrorText.Of(refused[0].Why)));
    }

    private static List<ImageId> Ids(Guid[] ids) => [.. ids.Distinct().Select(id => new ImageId(id))];
}
