namespace GoImg.Core.Accounts;

/// <summary>One-time links that make the first admin; only their hashes are kept.</summary>
public interface ISetupLinks
{
    void Add(SetupLink link);

    Task<bool> IsValidAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes all links, in the current unit of work.</summary>
    Task RemoveAllAsync(CancellationToken cancellationToken);
}

/// <param name="Hash">SHA-256 of the 32 random bytes in the address.</param>
public sealed record SetupLink(byte[] Hash, DateTimeOffset ExpiresAt);
