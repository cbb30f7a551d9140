using System.Collections.Frozen;
using System.Security.Cryptography;
using GoImg.Infrastructure.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Security;

/// <summary>The keys of access tokens, all nodes' the same. The newest signs and is replaced after ninety days; a replaced one still
/// checks what it signed. A singleton; safe on many threads.</summary>
/// <param name="keyBits">Length of a new key.</param>
internal sealed class SigningKeys(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider time, int keyBits) : IDisposable
{
    /// <summary>128 bits of strength (NIST SP 800-57 part 1, table 2).</summary>
    public const int KeyBits = 3072;

    private static readonly TimeSpan SignsFor = TimeSpan.FromDays(90);

    // Longer than any token lives, with room for clocks that disagree.
    private static readonly TimeSpan ChecksFor = SignsFor + TimeSpan.FromDays(1);

    // So that tokens with invented key ids can't make us ask the database each time.
    private static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(5);

    private readonly IDataProtector _protector = protection.CreateProtector("GoImg.SigningKeys.v1");
    private readonly SemaphoreSlim _loading = new(1);
    private volatile Loaded _loaded = new([], FrozenDictionary<string, Entry>.Empty, DateTimeOffset.MinValue);

    public async Task<(string Id, RSA Key)> NewestAsync(CancellationToken cancellationToken)
    {
        var newest = Usable(_loaded) ?? Usable(await LoadAsync(DateTimeOffset.MaxValue, cancellationToken)) ?? await CreateAsync(cancellationToken);
        return (newest.Id, newest.Key);
    }

    public async Task<RSA?> FindAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null)
            return null;
        if (!_loaded.ById.TryGetValue(id, out var entry))
            (await LoadAsync(time.GetUtcNow() - ReloadInterval, cancellationToken)).ById.TryGetValue(id, out entry);
        return entry is not null && time.GetUtcNow() - entry.CreatedAt < ChecksFor ? entry.Key : null;
    }

    public void Dispose() => _loading.Dispose();

    private Entry? Usable(Loaded loaded) => loaded.NewestFirst.FirstOrDefault(k => time.GetUtcNow() - k.CreatedAt < SignsFor);

    private async Task<Loaded> LoadAsync(DateTimeOffset unlessAfter, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_loaded.At > unlessAfter)
                return _loaded;

            await using var scope = scopes.CreateAsyncScope();
            var rows = await scope
                .ServiceProvider.GetRequiredService<GoImgDbContext>()
                .Set<SigningKey>()
                .AsNoTracking()
                .OrderByDescending(k => k.CreatedAt)
                .Take(20)
                .ToListAsync(cancellationToken);
            // Keys already here stay the same objects: another thread may be signing with one.
            var entries = rows.Select(row => _loaded.ById.GetValueOrDefault(row.Id) ?? Open(row)).ToList();
            return _loaded = new(entries, entries.ToFrozenDictionary(e => e.Id, StringComparer.Ordinal), time.GetUtcNow());
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<Entry> CreateAsync(CancellationToken cancellationToken)
    {
        using var key = RSA.Create(keyBits);
        var row = new SigningKey
        {
            Id = Guid.CreateVersion7().ToString("N"),
            CreatedAt = time.GetUtcNow(),
            ProtectedPkcs8 = _protector.Protect(key.ExportPkcs8PrivateKey()),
        };
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GoImgDbContext>();
        // Two nodes may both find none: then there are two good keys, and both check both.
        db.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return (await LoadAsync(DateTimeOffset.MaxValue, cancellationToken)).ById[row.Id];
    }

    private Entry Open(SigningKey row)
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(_protector.Unprotect(row.ProtectedPkcs8), out _);
        return new(row.Id, row.CreatedAt, key);
    }

    private sealed record Entry(string Id, DateTimeOffset CreatedAt, RSA Key);

    private sealed record Loaded(IReadOnlyList<Entry> NewestFirst, FrozenDictionary<string, Entry> ById, DateTimeOffset At);
}
