using GoImg.Core.Accounts;
using GoImg.Core.SignIn;
using GoImg.Web.Api;
using GoImg.Web.Http;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;

namespace GoImg.Web.Accounts;

internal static class AccountsSetup
{
    /// <summary>Chooses per request: pages by cookie, the API by bearer token alone.</summary>
    public const string ByRequest = "ByRequest";

    public static IServiceCollection AddSignIn(this IServiceCollection services, bool isHttps)
    {
        services
            .AddAuthentication(ByRequest)
            .AddPolicyScheme(ByRequest, null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddCookie(SessionCookie.Scheme, options => SessionCookie.Configure(options, isHttps));
        services.AddAuthorization();
        services.AddAntiforgery(options => SiteCookies.Apply(options.Cookie, "form", isHttps));
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddSingleton<SiteAddress>();
        return services;
    }

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        routes.MapPost("/account/sessions/{id:guid}/end", EndSessionAsync).RequireAuthorization().ExcludeFromDescription();
    }

    // A cookie means nothing to the API; elsewhere (uploads) a token means more than a cookie beside it.
    private static string SchemeOf(HttpContext http) =>
        http.IsApi() || http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? BearerAuthentication.Name
            : SessionCookie.Scheme;

    // The form is bound, though it holds nothing else, so that its antiforgery token is checked.
    private static async Task<IResult> EndSessionAsync(
        HttpContext http,
        Guid id,
        SessionService sessions,
        IFormCollection form,
        CancellationToken cancellationToken
    )
    {
        var actor = http.GetActor();
        return PostRedirect.Back(
            http,
            "/account",
            await sessions.EndAsync(actor, actor.MemberId ?? default, new SessionId(id), cancellationToken),
            new Flash(AccountTexts.SignedOutThere)
        );
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext http,
        SessionService sessions,
        IAntiforgery forms,
        CancellationToken cancellationToken
    )
    {
        if (!await forms.IsRequestValidAsync(http))
            return Results.BadRequest();

        var actor = http.GetActor();
        if (actor.MemberId is { } member && http.User.GetSession() is { } session)
            await sessions.EndAsync(actor, member, session, cancellationToken);
        await http.SignOutAsync(SessionCookie.Scheme);
        return Results.LocalRedirect("/");
    }
}
