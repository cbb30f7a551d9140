using System.Security.Claims;
using GoImg.Core.Accounts;
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

    public static Actor Read(ClaimsPrincipal user, string? address) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        && Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Actor(new MemberId(id), role, address)
            : Actor.Visitor(address);

    public static Actor GetActor(this HttpContext context) => Read(context.User, context.Connection.RemoteIpAddress?.ToString());

    /// <summary>The session a request or page belongs to; null for a visitor.</summary>
    public static SessionId? GetSession(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(Session), out var id) ? new SessionId(id) : null;

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
