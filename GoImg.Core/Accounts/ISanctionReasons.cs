namespace GoImg.Core.Accounts;

/// <summary>Why accounts were closed, in the words their members were told.</summary>
public interface ISanctionReasons
{
    /// <summary>What the ban or suspension that stands says; null when no decision is known, as when the account was closed from outside.</summary>
    Task<string?> FindWordsAsync(Member closed, CancellationToken cancellationToken);
}
