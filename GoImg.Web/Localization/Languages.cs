using System.Globalization;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using HeaderNames = Microsoft.Net.Http.Headers.HeaderNames;

namespace GoImg.Web.Localization;

/// <summary>The languages GoImg has texts in, and how a request gets one of those the site offers: by the reader's choice, which a cookie
/// keeps, else by what the browser asks for, else the first of <c>Site:Languages</c>.</summary>
internal static class Languages
{
    /// <summary>A new one needs resources beside the English ones, and its rule in <see cref="Core.Shared.PluralRules"/>.</summary>
    public static readonly IReadOnlyList<string> Known = ["en"];

    private const string CookieName = "language";

    public static void AddLanguages(this IServiceCollection services, IReadOnlyList<string> offered)
    {
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(offered[0]).AddSupportedCultures([.. offered]).AddSupportedUICultures([.. offered]);
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(http =>
                    Task.FromResult(http.Request.Cookies[CookieName] is { Length: > 0 } chosen ? new ProviderCultureResult(chosen) : null)
                ),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
        // Jobs and whatever else runs outside a request.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo(offered[0]);
    }

    /// <summary>Texts say which language they are in, and that another reader may get another.</summary>
    public static void UseLanguages(this IApplicationBuilder app)
    {
        app.UseRequestLocalization();
        app.Use(
            (http, next) =>
            {
                http.Response.OnStarting(SayLanguage, http.Response);
                return next(http);
            }
        );
    }

    /// <summary>Without antiforgery, as the theme is: a stranger could at most change the language.</summary>
    public static void MapLanguage(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/language", (Delegate)ChooseAsync).AllowAnonymous().DisableAntiforgery();

    /// <summary>What <c>dir</c> of a page in the current language is.</summary>
    public static string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>Then forward is to the left, and the keys ← and → change places.</summary>
    public static bool IsRightToLeft => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft;

    private static async Task<IResult> ChooseAsync(HttpContext http, IOptions<RequestLocalizationOptions> localization)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var chosen = form["language"].ToString();
        if (localization.Value.SupportedUICultures!.Any(language => language.Name == chosen))
            http.Response.Cookies.Append(
                CookieName,
                chosen,
                new()
                {
                    Path = "/",
                    MaxAge = TimeSpan.FromDays(365),
                    SameSite = SameSiteMode.Lax,
                    Secure = http.Request.IsHttps,
                    HttpOnly = true,
                    IsEssential = true,
                }
            );
        return Results.LocalRedirect(ReturnUrl.Local(form["returnUrl"]));
    }

    private static Task SayLanguage(object state)
    {
        var response = (HttpResponse)state;
        if (
            response.ContentType is not { } type
            || !(type.StartsWith("text/html", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal))
        )
            return Task.CompletedTask;
        response.Headers.ContentLanguage = CultureInfo.CurrentUICulture.Name;
        response.Headers.Vary = StringValues.Concat(response.Headers.Vary, HeaderNames.AcceptLanguage);
        return Task.CompletedTask;
    }
}
