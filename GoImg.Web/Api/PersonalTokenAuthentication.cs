using System.Security.Claims;
using System.Text.Encodings.Web;
using GoImg.Core.Accounts;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace GoImg.Web.Api;

/// <summary>Signs in by a personal access token. Chosen by <see cref="BearerAuthentication"/> for what begins as one.</summary>
internal sealed class PersonalTokenAuthentication(
    PersonalAccessTokenCheck tokens,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "PersonalAccessToken";

    private const string Start = BearerAuthentication.HeaderStart + TokenSecret.Prefix;

    public static bool IsFor(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Start, StringComparison.OrdinalIgnoreCase);

    // Unknown, mistyped, expired, revoked: nobody is told which.
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        TokenSecret.Parse(Request.Headers.Authorization.ToString()[BearerAuthentication.HeaderStart.Length..].Trim()) is { } secret
        && await tokens.FindAsync(secret, Context.RequestAborted) is { } live
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(ActorClaims.Write(live, Name)), Name))
            : AuthenticateResult.Fail("The access token is not good.");

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => BearerAuthentication.ChallengeAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => BearerAuthentication.ForbidAsync(Context);
}
