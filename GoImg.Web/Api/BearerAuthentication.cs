using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace GoImg.Web.Api;

/// <summary>The API's sign-in: <c>Authorization: Bearer</c> with the access token of a session, which the framework's handler checks and whose session
/// is asked on each request, or with a personal access token.</summary>
internal static class BearerAuthentication
{
    public const string Name = JwtBearerDefaults.AuthenticationScheme;

    internal const string HeaderStart = Name + " ";

    public static AuthenticationBuilder AddBearer(this AuthenticationBuilder authentication) =>
        authentication
            .AddJwtBearer(
                Name,
                options =>
                {
                    options.ForwardDefaultSelector = http =>
                        PersonalTokenAuthentication.IsFor(http.Request) ? PersonalTokenAuthentication.Name : null;
                    options.Events ??= new();
                    options.Events.OnTokenValidated = FindSessionAsync;
                    options.Events.OnChallenge = context =>
                    {
                        context.HandleResponse();
                        return ChallengeAsync(context.HttpContext);
                    };
                    options.Events.OnForbidden = context => ForbidAsync(context.HttpContext);
                }
            )
            .AddScheme<AuthenticationSchemeOptions, PersonalTokenAuthentication>(PersonalTokenAuthentication.Name, null);

    /// <summary>Whether the request names a token, of whatever kind.</summary>
    public static bool IsSent(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(HeaderStart, StringComparison.OrdinalIgnoreCase);

    public static Task ChallengeAsync(HttpContext http)
    {
        var sentToken = http.Request.Headers.Authorization.Count > 0;
        // RFC 6750 section 3: a request without a token is told the scheme only.
        http.Response.Headers.WWWAuthenticate = sentToken ? "Bearer error=\"invalid_token\"" : "Bearer";
        Error error = sentToken ? new ApiErrors.InvalidToken() : new SignInRequired();
        return error.ToProblem(http).ExecuteAsync(http);
    }

    public static Task ForbidAsync(HttpContext http) => new NotAllowed(ApiErrorTexts.RoleNotAllowed).ToProblem(http).ExecuteAsync(http);

    private static async Task FindSessionAsync(TokenValidatedContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SessionCheck>();
        if (
            context.Principal!.GetSession() is { } id
            && await sessions.FindAsync(id, context.HttpContext.RequestAborted) is { Kind: SessionKind.Api } live
        )
            context.Principal = new(ActorClaims.Write(live, Name));
        else
            context.Fail("The session has ended.");
    }
}
