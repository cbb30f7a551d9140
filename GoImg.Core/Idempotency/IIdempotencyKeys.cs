using GoImg.Core.Accounts;

namespace GoImg.Core.Idempotency;

/// <summary>The keys clients give to requests that create something, so that one sent again creates nothing more. Kept for <see cref="KeepFor"/>,
/// each member's apart.</summary>
public interface IIdempotencyKeys
{
    static readonly TimeSpan KeepFor = TimeSpan.FromHours(24);

    /// <summary>For so long a key belongs to the request that claimed it; should that have died, the next may have it then.</summary>
    static readonly TimeSpan ClaimedFor = TimeSpan.FromMinutes(10);

    /// <summary>Takes the key, for one of however many that ask at once.</summary>
    Task<KeyClaim> ClaimAsync(MemberId member, string key, CancellationToken cancellationToken);

    /// <summary>The request has succeeded: whoever comes with its key gets this.</summary>
    Task KeepAsync(MemberId member, string key, KeptResponse response, CancellationToken cancellationToken);

    /// <summary>The request created nothing: its key is free again.</summary>
    Task ReleaseAsync(MemberId member, string key, CancellationToken cancellationToken);

    /// <summary>Forgets up to <paramref name="take"/> that are older; returns how many.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, int take, CancellationToken cancellationToken);
}

/// <summary>What a key stands for: nothing yet, so that the caller has it now; a request that still runs; or one that is done.</summary>
public abstract record KeyClaim
{
    private KeyClaim() { }

    public sealed record Granted : KeyClaim;

    public sealed record InUse : KeyClaim;

    public sealed record Done(KeptResponse Response) : KeyClaim;
}

/// <param name="Fingerprint">Tells the request from others: its method, address and body.</param>
/// <param name="RequestBytes">How much of the body the fingerprint was made from.</param>
public sealed record KeptResponse(
    string Fingerprint,
    long RequestBytes,
    int Status,
    string? ContentType,
    string? Location,
    string? ETag,
    byte[] Body
);
