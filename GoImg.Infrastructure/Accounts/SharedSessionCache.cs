using System.Security.Cryptography;
using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Infrastructure.Caching;
using GoImg.Infrastructure.Jobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;

namespace GoImg.Infrastructure.Accounts;

/// <summary>Live sessions in the cache of all nodes, encrypted and signed with the site's keys: who reads or writes there learns of no one and signs no one
/// in. An entry says itself when its row was read, whatever became of it on the way to the cache.</summary>
internal sealed class SharedSessionCache(IDistributedCache cache, RecentChanges changes, IDataProtectionProvider protection, TimeProvider time)
    : ISessionCache
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    private static readonly DistributedCacheEntryOptions ForItsLife = new() { AbsoluteExpirationRelativeToNow = Life };

    // Nodes' clocks may differ by as much as an entry lives.
    private static readonly TimeSpan Quarantine = 2 * Life;

    private readonly IDataProtector _protector = protection.CreateProtector("GoImg.SharedSessionCache");

    public async ValueTask<LiveSession?> FindAsync(
        SessionId id,
        Func<CancellationToken, ValueTask<LiveSession?>> read,
        CancellationToken cancellationToken
    )
    {
        if (!changes.AreHeard)
            return await read(cancellationToken);
        if (await FindKeptAsync(id, cancellationToken) is { } kept)
            return kept;

        var (change, readAt) = (changes.Last, time.GetUtcNow());
        var session = await read(cancellationToken);
        if (session is not null && changes.NoneSince(change, session.MemberId.Value))
            await cache.SetAsync(KeyOf(id), Write(new(readAt, session)), ForItsLife, cancellationToken);
        return session;
    }

    private async Task<LiveSession?> FindKeptAsync(SessionId id, CancellationToken cancellationToken) =>
        await cache.GetAsync(KeyOf(id), cancellationToken) is { } bytes
        && Read(bytes) is { } kept
        && kept.Session.Id == id
        && (time.GetUtcNow() - kept.ReadAt).Duration() < Life
        && changes.NothingFor(Quarantine, kept.Session.MemberId.Value)
            ? kept.Session
            : null;

    private byte[] Write(Kept kept) => _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(kept, JobJson.Options));

    private Kept? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(_protector.Unprotect(bytes), JobJson.Options);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or JsonException)
        {
            // Of another release, of other keys, or no one's: a miss.
            return null;
        }
    }

    private static string KeyOf(SessionId id) => $"session:{id}";

    private sealed record Kept(DateTimeOffset ReadAt, LiveSession Session);
}
