namespace GoImg.Web.Http;

/// <summary>What crawlers are asked to leave alone: pages that are one person's, and addresses that only machines use. Images and their pages are
/// for everyone; those that are not listed say so themselves.</summary>
internal static class Robots
{
    private const string Text = """
        User-agent: *
        Disallow: /account
        Disallow: /api/
        Disallow: /library
        Disallow: /moderation
        Disallow: /objects/
        Disallow: /register
        Disallow: /report/
        Disallow: /search
        Disallow: /sign-in
        Disallow: /trash
        Disallow: /upload

        """;

    public static void MapRobots(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/robots.txt",
                (HttpContext http) =>
                {
                    http.Response.Headers.CacheControl = "public, max-age=3600";
                    return TypedResults.Text(Text);
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
}
