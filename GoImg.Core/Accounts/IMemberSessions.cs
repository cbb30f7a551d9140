namespace GoImg.Core.Accounts;

/// <summary>Where a member is signed in.</summary>
public interface IMemberSessions
{
    /// <summary>Signs the member out everywhere when the current unit of work commits: cookies, tokens and open pages.</summary>
    Task EndAllAsync(MemberId member, CancellationToken cancellationToken);
}
