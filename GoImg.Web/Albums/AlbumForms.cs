using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
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
        forms.MapPost("/a/{slug}/remove", RemoveAsync);
        forms.MapPost("/a/{slug}/move", MoveAsync);
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
            return Forms.Back(http, returnUrl, new Flash(AlbumTexts.ChooseFirst));

        var added = await albums.AddImagesAsync(actor, found.Id, [.. ids.Select(id => new ImageId(id))], cancellationToken);
        return Forms.Back(http, returnUrl, added, new Flash(AlbumTexts.Added.With(found.Title)));
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
            null,
            (actor, album) => albums.MoveImageAsync(actor, album, new ImageId(image), towards == "front", cancellationToken),
            cancellationToken
        );

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
            album => new Flash(AlbumTexts.Deleted.With(album.Title)),
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

        return Forms.Back(http, returnUrl, await act(actor, album.Id), done?.Invoke(album));
    }
}
