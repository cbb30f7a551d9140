using System.Security.Claims;
using GoImg.Core.Accounts;
using GoImg.Web.Api;
using Microsoft.AspNetCore.Components.Authorization;

namespace GoImg.Web.Shell;

/// <summary>Who asks, for components, static and interactive alike.</summary>
public sealed class ActorAccessor(AuthenticationStateProvider authentication, IHttpContextAccessor http)
{
    public async ValueTask<Actor> GetAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return ActorClaims.Read(state.User, http.HttpContext?.Connection.RemoteIpAddress?.ToString());
    }
}

/// <summary>How an actor is written into a cookie's or token's claims, and read back. The session behind them is checked on each request.</summary>
public static class ActorClaims
{
    public const string Session = "sid";

    private const string Scope = "scope";

    public static Actor Read(ClaimsPrincipal user, string? address) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        && Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Actor(new MemberId(id), role, address)
            : Actor.Visitor(address);

    public static Actor GetActor(this HttpContext context) => Read(context.User, context.Connection.RemoteIpAddress?.ToString());

    /// <summary>The session a request or page belongs to; null for a visitor.</summary>
    public static SessionId? GetSession(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(Session), out var id) ? new SessionId(id) : null;

    /// <summary>What whoever came with a personal access token may do by it; null for a session and for visitors.</summary>
    public static IReadOnlyList<TokenScope>? GetTokenScopes(this ClaimsPrincipal user) =>
        user.Identity?.AuthenticationType == PersonalTokenAuthentication.Name
            ? [.. user.FindAll(Scope).Select(scope => Enum.Parse<TokenScope>(scope.Value))]
            : null;

    /// <summary>A token acts as a member, whatever role its owner has.</summary>
    public static ClaimsIdentity Write(LiveToken token, string scheme) =>
        new(
            [
                new Claim(ClaimTypes.NameIdentifier, token.MemberId.ToString()),
                new Claim(ClaimTypes.Name, token.Username),
                new Claim(CurrentUser.DisplayNameClaim, token.DisplayName),
                new Claim(ClaimTypes.Role, nameof(Role.Member)),
                .. token.Scopes.Select(scope => new Claim(Scope, scope.ToString())),
            ],
            scheme
        );

    public static ClaimsIdentity Write(LiveSession session, string scheme) =>
        new(
            [
                new Claim(ClaimTypes.NameIdentifier, session.MemberId.ToString()),
                new Claim(ClaimTypes.Name, session.Username),
                new Claim(CurrentUser.DisplayNameClaim, session.DisplayName),
                new Claim(ClaimTypes.Role, session.Role.ToString()),
                new Claim(Session, session.Id.ToString()),
            ],
            scheme
        );
}
