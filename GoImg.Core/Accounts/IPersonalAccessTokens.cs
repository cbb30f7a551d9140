using System.ComponentModel;
using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>Personal access tokens that were not revoked.</summary>
public interface IPersonalAccessTokens
{
    /// <summary>Whatever makes or revokes a member's tokens takes this lock, and keeps it until its unit of work ends: none is made behind the back of
    /// what revokes them all, and none beyond the limit.</summary>
    Task LockAsync(MemberId member, CancellationToken cancellationToken);

    void Add(PersonalAccessToken token);

    /// <summary>How many of a member's have not expired.</summary>
    Task<int> CountLiveAsync(MemberId member, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>With whoever owns it now; null when it is revoked, expired or its owner can't be signed in.</summary>
    Task<LiveToken?> ReadLiveAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Newest first, expired ones too.</summary>
    Task<Page<PersonalAccessToken>> ListAsync(MemberId member, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>Notes a use, at once and outside any unit of work.</summary>
    Task NoteUseAsync(PersonalAccessTokenId id, DateTimeOffset usedAt, CancellationToken cancellationToken);

    /// <summary>Deletes one of the member's in the current unit of work; false when there is none.</summary>
    Task<bool> RevokeAsync(MemberId member, PersonalAccessTokenId id, CancellationToken cancellationToken);

    /// <summary>Deletes all of a member's in the current unit of work.</summary>
    Task RevokeAllAsync(MemberId member, CancellationToken cancellationToken);

    /// <summary>Deletes rows that expired before a time; returns how many.</summary>
    Task<int> RemoveExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>A token that may act, and who its owner is now. It has no role: whatever its owner is, it acts as a member.</summary>
[ImmutableObject(true)]
public sealed record LiveToken(
    PersonalAccessTokenId Id,
    MemberId MemberId,
    string Username,
    string DisplayName,
    IReadOnlyList<TokenScope> Scopes,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt
);
