using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace GoImg.Web.Api;

/// <summary>The API's sign-in: <c>Authorization: Bearer</c> with an access token. The framework's handler checks the token; the session it names
/// is asked on each request.</summary>
internal static class BearerAuthentication
{
    public const string Name = JwtBearerDefaults.AuthenticationScheme;

    public static AuthenticationBuilder AddBearer(this AuthenticationBuilder authentication) =>
        authentication.AddJwtBearer(
            Name,
            options =>
            {
                options.Events ??= new();
                options.Events.OnTokenValidated = FindSessionAsync;
                options.Events.OnChallenge = ChallengeAsync;
                options.Events.OnForbidden = context =>
                    new NotAllowed(ApiErrorTexts.RoleNotAllowed).ToProblem(context.HttpContext).ExecuteAsync(context.HttpContext);
            }
        );

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

    private static Task ChallengeAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        var sentToken = context.Request.Headers.Authorization.Count > 0;
        // RFC 6750 section 3: a request without a token is told the scheme only.
        context.Response.Headers.WWWAuthenticate = sentToken ? "Bearer error=\"invalid_token\"" : "Bearer";
        Error error = sentToken ? new ApiErrors.InvalidToken() : new SignInRequired();
        return error.ToProblem(context.HttpContext).ExecuteAsync(context.HttpContext);
    }
}
