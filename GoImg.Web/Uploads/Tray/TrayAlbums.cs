using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Web.Api;
using GoImg.Web.Shell;

namespace GoImg.Web.Uploads.Tray;

/// <summary>The albums that uploads can go to, and a new one made on the way.</summary>
internal static class TrayAlbums
{
    /// <summary>A menu has no room for more.</summary>
    public const int MostListed = 100;

    public static void MapTrayAlbums(this RouteGroupBuilder tray)
    {
        tray.MapGet("/albums", ListAsync);
        tray.MapPost("/albums", MakeAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IAlbumQueries albums) =>
        TypedResults.Ok(
            (await albums.OwnAsync(http.GetActor(), MostListed, http.RequestAborted)).Select(album => new TrayAlbum(album.Id.Value, album.Title))
        );

    private static async Task<IResult> MakeAsync(NewTrayAlbum request, HttpContext http, AlbumService albums)
    {
        var visibility =
            Enum.TryParse<Visibility>(request.Visibility, ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : Visibility.Private;
        var details = AlbumDetails.Create(request.Title, "", visibility, AlbumOrder.Manual);
        if (details.Error is { } unfit)
            return unfit.ToProblem(http);
        var made = await albums.CreateAsync(http.GetActor(), details.Value, http.RequestAborted);
        return made.Error is { } refused ? refused.ToProblem(http) : TypedResults.Ok(new TrayAlbum(made.Value.Id.Value, made.Value.Title));
    }
}

/// <param name="Visibility">As the form's word for that of the files; private where it is none.</param>
internal sealed record NewTrayAlbum(string? Title, string? Visibility);

internal sealed record TrayAlbum(Guid Id, string Title);
