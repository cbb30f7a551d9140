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
        routes.MapPost("/account/tokens/{id:guid}/revoke", RevokeTokenAsync).RequireAuthorization().ExcludeFromDescription();
    }

    // A cookie means nothing to the API, and a token nothing elsewhere, but for the files that the API's answers lead to, which name a scope.
    private static string SchemeOf(HttpContext http) =>
        http.IsApi() || (BearerAuthentication.IsSent(http.Request) && http.GetEndpoint()?.Metadata.GetMetadata<TokenRule>() is not null)
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

    private static async Task<IResult> RevokeTokenAsync(
        HttpContext http,
        Guid id,
        PersonalAccessTokenService tokens,
        IFormCollection form,
        CancellationToken cancellationToken
    ) =>
        PostRedirect.Back(
            http,
            "/account/tokens",
            await tokens.RevokeAsync(http.GetActor(), new PersonalAccessTokenId(id), cancellationToken),
            new Flash(TokenTexts.Revoked)
        );

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
