using System.Security.Claims;
using System.Text.Encodings.Web;
using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace GoImg.Web.Api;

/// <summary>The API's sign-in: <c>Authorization: Bearer</c> with an access token, whose session is asked on each request.</summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    IAccessTokens tokens,
    SessionCheck sessions
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "Bearer";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header is not [{ } value] || !value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        if (
            await tokens.ReadAsync(value[Prefix.Length..].Trim(), Context.RequestAborted) is not { } id
            || await sessions.FindAsync(id, Context.RequestAborted) is not { Kind: SessionKind.Api } live
        )
        {
            return AuthenticateResult.Fail("The token is not valid.");
        }

        return AuthenticateResult.Success(new(new ClaimsPrincipal(ActorClaims.Write(live, Scheme.Name)), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var sentToken = Request.Headers.Authorization.Count > 0;
        // RFC 6750 section 3: a request without a token is told the scheme only.
        Response.Headers.WWWAuthenticate = sentToken ? "Bearer error=\"invalid_token\"" : "Bearer";
        Error error = sentToken ? new ApiErrors.InvalidToken() : new SignInRequired();
        await error.ToProblem(Context).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new NotAllowed("Your role does not allow this.").ToProblem(Context).ExecuteAsync(Context);
}
