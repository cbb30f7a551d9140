using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Accounts;

/// <summary>Asked on every request that brings a token: may it still act? As <see cref="SessionCheck"/> for sessions. A singleton; safe on many threads.</summary>
public sealed class PersonalAccessTokenCheck(IServiceScopeFactory scopes, HybridCache cache, TimeProvider time)
{
    private static readonly TimeSpan NoteInterval = TimeSpan.FromMinutes(1);

    private static readonly HybridCacheEntryOptions ForTwoSeconds = new()
    {
        Expiration = TimeSpan.FromSeconds(2),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    private long _generation;

    /// <summary>Null when it is unknown, revoked or expired, or its owner can't be signed in. An answer is at most two seconds old, and never older
    /// than a revocation on this node.</summary>
    public async Task<LiveToken?> FindAsync(TokenSecret secret, CancellationToken cancellationToken)
    {
        var token = await cache.GetOrCreateAsync(
            $"token:{Interlocked.Read(ref _generation)}:{Convert.ToHexStringLower(secret.Hash)}",
            (Check: this, secret.Hash),
            static (asked, token) => asked.Check.ReadAsync(asked.Hash, token),
            ForTwoSeconds,
            cancellationToken: cancellationToken
        );
        return token is not null && time.GetUtcNow() < token.ExpiresAt ? token : null;
    }

    /// <summary>What follows from any <see cref="IMemberEvent"/>: this node asks the database again at once, others within two seconds.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    private async ValueTask<LiveToken?> ReadAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<IPersonalAccessTokens>();
        var now = time.GetUtcNow();
        var token = await tokens.ReadLiveAsync(hash, now, cancellationToken);
        if (token is not null && !(now - token.LastUsedAt < NoteInterval))
            await tokens.NoteUseAsync(token.Id, now, cancellationToken);
        return token;
    }
}
