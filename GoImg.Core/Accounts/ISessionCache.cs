namespace GoImg.Core.Accounts;

/// <summary>Sessions as some node read them from their rows seconds ago: in front of the rows, so that not every node asks for every session.</summary>
public interface ISessionCache
{
    /// <summary>At most five seconds old, and never from before the end of a session, a sanction or a change of role that this node made or heard of. Otherwise
    /// what <paramref name="read"/> answers.</summary>
    ValueTask<LiveSession?> FindAsync(SessionId id, Func<CancellationToken, ValueTask<LiveSession?>> read, CancellationToken cancellationToken);
}
