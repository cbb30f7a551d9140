using GoImg.Core.Events;

namespace GoImg.Core.Accounts;

/// <summary>Something happened to a member's account.</summary>
public interface IMemberEvent
{
    MemberId MemberId { get; }
}

[EventName("member.registered")]
public sealed record MemberRegistered(MemberId MemberId) : DomainEvent, IMemberEvent;

[EventName("member.profile_edited")]
public sealed record ProfileEdited(MemberId MemberId) : DomainEvent, IMemberEvent;

[EventName("member.role_changed")]
public sealed record RoleChanged(MemberId MemberId, Role Role) : DomainEvent, IMemberEvent;

/// <summary>Suspended or banned.</summary>
/// <param name="Until">When a suspension ends; null for a ban.</param>
[EventName("member.sanctioned")]
public sealed record MemberSanctioned(MemberId MemberId, MemberStatus Status, DateTimeOffset? Until) : DomainEvent, IMemberEvent;

/// <summary>A suspension or ban ended.</summary>
[EventName("member.reinstated")]
public sealed record MemberReinstated(MemberId MemberId) : DomainEvent, IMemberEvent;

/// <summary>One or more of the member's sessions were ended before their time.</summary>
[EventName("member.sessions_ended")]
public sealed record SessionsEnded(MemberId MemberId) : DomainEvent, IMemberEvent;

/// <summary>One or more of the member's access tokens were revoked.</summary>
[EventName("member.tokens_revoked")]
public sealed record TokensRevoked(MemberId MemberId) : DomainEvent, IMemberEvent;
