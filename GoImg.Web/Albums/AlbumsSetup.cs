namespace GoImg.Web.Albums;

public static class AlbumsSetup
{
    public static void MapAlbums(this IEndpointRouteBuilder routes)
    {
        routes.MapAlbumForms();
        routes.MapAlbumDownload();
    }
}
