using GoImg.Core.Images;
using GoImg.Web.Shell;

namespace GoImg.Web.Images;

/// <summary>Whether this browser session asked to see sensitive images. One explicit click, forgotten when the browser closes.</summary>
internal static class Sensitive
{
    private const string CookieName = "sensitive";

    public static bool IsRevealed(HttpContext? http) => http?.Request.Cookies[CookieName] == "show";

    /// <summary>In a list. Visitors never get a sensitive picture there, whatever they clicked: lists are what crawlers and over-the-shoulder eyes see.</summary>
    public static bool IsCoveredInLists(HttpContext? http, ImageTile image) =>
        image.Rating == ContentRating.Nsfw && !(CurrentUser.Of(http?.User) is not null && IsRevealed(http));

    /// <summary>Without antiforgery, as <see cref="Theme"/>: it is this reader's own view and no more.</summary>
    public static void MapSensitive(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/sensitive", (Delegate)ChooseAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> ChooseAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var cookie = new CookieOptions
        {
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        };
        if (form["choice"] == "show")
            http.Response.Cookies.Append(CookieName, "show", cookie);
        else
            http.Response.Cookies.Delete(CookieName, cookie);
        return Results.LocalRedirect(ReturnUrl.Local(form["returnUrl"]));
    }
}
