using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GoImg.Core.Accounts;

namespace GoImg.Web.Accounts;

public sealed record RegisterRequest([property: Required] string? Email, [property: Required] string? Username, [property: Required] string? Password)
{
    public Registration ToRegistration() => new(Username, Email, Password);
}

/// <summary>One of the two names, and the password.</summary>
public sealed record LoginRequest(string? Email, string? Username, [property: Required] string? Password);

public sealed record RefreshRequest([property: Required] string? RefreshToken);

public sealed record ProfileRequest(string? DisplayName, string? Bio);

public sealed record LoginResponse(string AccessToken, string RefreshToken, string TokenType, int ExpiresIn, UserResponse User);

/// <summary>A member. Email, role and status are left out for everyone but the member and staff.</summary>
/// <param name="UpdatedAt">When the profile was last changed.</param>
/// <param name="AvatarUrl">Null: members have no picture of their own yet.</param>
public sealed record UserResponse(
    Guid Id,
    string Username,
    string DisplayName,
    string Bio,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? AvatarUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Role? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MemberStatus? Status
)
{
    public static UserResponse From(Actor actor, Member member)
    {
        var mayKnow = MemberAccess.CanSeePrivate(actor, member);
        return new(
            member.Id.Value,
            member.Username.Value,
            member.DisplayName,
            member.Bio,
            member.CreatedAt,
            member.EditedAt ?? member.CreatedAt,
            AvatarUrl: null,
            mayKnow ? member.Email.Value : null,
            mayKnow ? member.Role : null,
            mayKnow ? member.Status : null
        );
    }
}

/// <param name="Address">Where it was begun.</param>
/// <param name="IpAddress">The same as <c>address</c>.</param>
public sealed record SessionResponse(
    Guid Id,
    Guid UserId,
    SessionKind Kind,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    string Address,
    string IpAddress,
    string UserAgent,
    bool IsCurrent
)
{
    public static SessionResponse From(Session session, SessionId? current) =>
        new(
            session.Id.Value,
            session.MemberId.Value,
            session.Kind,
            session.CreatedAt,
            session.LastSeenAt,
            session.ExpiresAt,
            session.Address,
            session.Address,
            session.UserAgent,
            session.Id == current
        );
}
