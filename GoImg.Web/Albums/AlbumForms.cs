using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Web.Library;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Albums;

/// <summary>What the small forms around albums post to.</summary>
internal static class AlbumForms
{
    public static void MapAlbumForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        forms.MapPost("/albums/add", AddAsync);
        forms.MapPost("/albums/create", CreateAsync);
        forms.MapPost("/albums/{id:guid}/restore", RestoreAsync);
        forms.MapPost("/a/{slug}/remove", RemoveAsync);
        forms.MapPost("/a/{slug}/move", MoveAsync);
        forms.MapPost("/a/{slug}/place", PlaceAsync);
        forms.MapPost("/a/{slug}/sort", SortAsync);
        forms.MapPost("/a/{slug}/show", ShowWithheldAsync);
        forms.MapPost("/a/{slug}/cover", ChooseCoverAsync);
        forms.MapPost("/a/{slug}/delete", DeleteAsync);
    }

    /// <summary>From the image page and from the library: chosen images into a chosen album.</summary>
    private static async Task<IResult> AddAsync(
        HttpContext http,
        IAlbumQueries queries,
        AlbumService albums,
        [FromForm] string album,
        [FromForm] Guid[] ids,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    )
    {
        var actor = http.GetActor();
        if (await queries.FindAsync(actor, album, cancellationToken) is not { } found)
            return Results.NotFound();
        if (ids.Length == 0)
            return PostRedirect.Back(http, returnUrl, new Flash(AlbumTexts.ChooseFirst));

        var chosen = ids.Distinct().Select(id => new ImageId(id)).ToList();
        var added = await albums.AddImagesAsync(actor, found.Id, chosen, cancellationToken);
        return PostRedirect.Back(http, returnUrl, added, new Flash(AlbumTexts.Added.With(chosen.Count, found.Title)));
    }

    /// <summary>A new album of the chosen images, and on to it.</summary>
    private static async Task<IResult> CreateAsync(
        HttpContext http,
        AlbumService albums,
        [FromForm(Name = "new_album")] string? title,
        [FromForm] Guid[] ids,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    )
    {
        if (ids.Length == 0)
            return PostRedirect.Back(http, returnUrl, new Flash(AlbumTexts.ChooseFirst));
        var details = AlbumDetails.Create(title, "", Visibility.Private, AlbumOrder.Manual);
        var created = details.Error is { } wrong
            ? wrong
            : await albums.CreateAsync(http.GetActor(), details.Value, [.. ids.Select(id => new ImageId(id))], cancellationToken);
        return created.Error is { } error
            ? PostRedirect.Back(http, returnUrl, new Flash(ErrorText.Of(error)))
            : PostRedirect.Back(http, "/a/" + created.Value.Slug, new Flash(AlbumTexts.AlbumCreated));
    }

    private static async Task<IResult> RestoreAsync(
        HttpContext http,
        Guid id,
        AlbumService albums,
        [FromForm] IFormCollection form,
        CancellationToken cancellationToken
    )
    {
        // Bound for its token: an endpoint that takes no form is not asked for one.
        ArgumentNullException.ThrowIfNull(form);
        var restored = await albums.RestoreAsync(http.GetActor(), new AlbumId(id), cancellationToken);
        return PostRedirect.Back(http, $"/u/{http.User.Identity!.Name}/albums", restored, new Flash(AlbumTexts.Restored));
    }

    private static Task<IResult> RemoveAsync(
        HttpContext http,
        string slug,
        IAlbumQueries queries,
        AlbumService albums,
        [FromForm] Guid image,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) =>
        ActAsync(
            http,
            slug,
            queries,
            returnUrl,
            album => new Flash(AlbumTexts.TakenOut.With(album.Title)),
            (actor, album) => albums.RemoveImageAsync(actor, album, new ImageId(image), cancellationToken),
            cancellationToken
        );

    private static Task<IResult> MoveAsync(
        HttpContext http,
        string slug,
        string towards,
        IAlbumQueries queries,
        ArrangeAlbum arrange,
        [FromForm] Guid image,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) =>
        ActAsync(
            http,
            slug,
            queries,
            returnUrl,
            null,
            (actor, album) => arrange.StepAsync(actor, album, new ImageId(image), towards == "front", cancellationToken),
            cancellationToken
        );

    /// <summary>From dragging: before or behind another image. From the menu: to the front or, without either, the end.</summary>
    private static Task<IResult> PlaceAsync(
        HttpContext http,
        string slug,
        bool? front,
        IAlbumQueries queries,
        ArrangeAlbum arrange,
        [FromForm] Guid image,
        [FromForm] Guid? before,
        [FromForm] Guid? behind,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    )
    {
        var place =
            before is { } next ? AlbumPlace.Before(new ImageId(next))
            : behind is { } previous ? AlbumPlace.Behind(new ImageId(previous))
            : front == true ? AlbumPlace.Front
            : AlbumPlace.End;
        return ActAsync(
            http,
            slug,
            queries,
            returnUrl,
            null,
            (actor, album) => arrange.PlaceAsync(actor, album, new ImageId(image), place, cancellationToken),
            cancellationToken
        );
    }

    private static Task<IResult> SortAsync(
        HttpContext http,
        string slug,
        IAlbumQueries queries,
        ArrangeAlbum arrange,
        [FromForm] AlbumSort sort,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) =>
        ActAsync(
            http,
            slug,
            queries,
            returnUrl,
            _ => new Flash(AlbumTexts.Sorted),
            (actor, album) => arrange.SortAsync(actor, album, sort, cancellationToken),
            cancellationToken
        );

    /// <summary>Lets those who may open the album see what is in it and withheld from them.</summary>
    private static async Task<IResult> ShowWithheldAsync(
        HttpContext http,
        string slug,
        IAlbumQueries queries,
        BulkEdit bulk,
        [FromForm] IFormCollection form,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(form);
        var actor = http.GetActor();
        if (await queries.FindAsync(actor, slug, cancellationToken) is not { } album || !actor.Is(album.OwnerId))
            return Results.NotFound();

        var withheld = await queries.WithheldAsync(album, BulkEdit.MaxImages, cancellationToken);
        var shown = await bulk.SetVisibilityAsync(actor, withheld, album.Visibility, cancellationToken);
        return PostRedirect.Back(
            http,
            "/a/" + slug,
            shown.Error is { } error
                ? new Flash(ErrorText.Of(error))
                : new Flash(AlbumTexts.ShownNow.With(shown.Value.Changed)).WithUndo(LibraryForms.UndoUrl(shown.Value.Change))
        );
    }

    private static Task<IResult> ChooseCoverAsync(
        HttpContext http,
        string slug,
        IAlbumQueries queries,
        AlbumService albums,
        [FromForm] Guid image,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) =>
        ActAsync(
            http,
            slug,
            queries,
            returnUrl,
            _ => new Flash(AlbumTexts.CoverChosen),
            (actor, album) => albums.ChooseCoverAsync(actor, album, new ImageId(image), cancellationToken),
            cancellationToken
        );

    private static Task<IResult> DeleteAsync(
        HttpContext http,
        string slug,
        IAlbumQueries queries,
        AlbumService albums,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) =>
        ActAsync(
            http,
            slug,
            queries,
            returnUrl ?? $"/u/{http.User.Identity!.Name}/albums",
            album => new Flash(AlbumTexts.Deleted.With(album.Title)).WithUndo($"/albums/{album.Id}/restore"),
            (actor, album) => albums.DeleteAsync(actor, album, cancellationToken),
            cancellationToken
        );

    private static async Task<IResult> ActAsync(
        HttpContext http,
        string slug,
        IAlbumQueries queries,
        string? returnUrl,
        Func<AlbumView, Flash>? done,
        Func<Actor, AlbumId, Task<Result>> act,
        CancellationToken cancellationToken
    )
    {
        var actor = http.GetActor();
        if (await queries.FindAsync(actor, slug, cancellationToken) is not { } album)
            return Results.NotFound();

        return PostRedirect.Back(http, returnUrl, await act(actor, album.Id), done?.Invoke(album));
    }
}
