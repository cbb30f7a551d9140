namespace GoImg.Web.Shell;

/// <summary>The reader's theme, in a cookie: the server renders it, so a page never flashes in the wrong one.</summary>
internal static class Theme
{
    private const string CookieName = "theme";

    public static string Of(HttpContext? http) =>
        http?.Request.Cookies[CookieName] is "light" or "dark" ? http.Request.Cookies[CookieName]! : "system";

    /// <summary>Without antiforgery: a stranger could at most change the colours, and the token would make every page uncacheable.</summary>
    public static void MapTheme(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/theme", (Delegate)ChooseAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> ChooseAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["theme"].ToString() is "light" or "dark")
            http.Response.Cookies.Append(CookieName, form["theme"]!, Cookie(http));
        else
            http.Response.Cookies.Delete(CookieName, Cookie(http));
        return Results.LocalRedirect(ReturnUrl.Local(form["returnUrl"]));
    }

    // Readable by script, which changes it without a reload.
    private static CookieOptions Cookie(HttpContext http) =>
        new()
        {
            Path = "/",
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        };
}
