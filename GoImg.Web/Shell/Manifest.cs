namespace GoImg.Web.Shell;

/// <summary>What an installed GoImg is called and looks like.</summary>
internal static class Manifest
{
    public static void MapManifest(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/manifest.webmanifest",
                (SiteOptions site, HttpContext http) =>
                {
                    http.Response.Headers.CacheControl = "public, max-age=3600";
                    return Results.Json(
                        new
                        {
                            name = site.Name,
                            short_name = site.Name,
                            description = site.Description,
                            start_url = "/",
                            display = "standalone",
                            background_color = "#ffffff",
                            theme_color = "#0b665f",
                            icons = new object[]
                            {
                                new
                                {
                                    src = "/icon-192.png",
                                    sizes = "192x192",
                                    type = "image/png",
                                },
                                new
                                {
                                    src = "/icon-512.png",
                                    sizes = "512x512",
                                    type = "image/png",
                                },
                                new
                                {
                                    src = "/logo.svg",
                                    sizes = "any",
                                    type = "image/svg+xml",
                                },
                            },
                        },
                        contentType: "application/manifest+json"
                    );
                }
            )
            .AllowAnonymous();
}
