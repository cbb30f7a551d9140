using GoImg.Core.Accounts;

namespace GoImg.Infrastructure.Accounts;

/// <summary>Ends a member's sessions with the decision that asks for it. What this node cached of them lives two seconds at most.</summary>
internal sealed class MemberSessions(ISessions sessions, TimeProvider time) : IMemberSessions
{
    public Task EndAllAsync(MemberId member, CancellationToken cancellationToken) =>
        sessions.RevokeAllAsync(member, except: null, time.GetUtcNow(), cancellationToken);
}
