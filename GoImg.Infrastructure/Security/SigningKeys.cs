using System.Collections.Frozen;
using System.Security.Cryptography;
using GoImg.Infrastructure.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace GoImg.Infrastructure.Security;

/// <summary>The keys of access tokens, all nodes' the same. The newest signs and is replaced after ninety days; a replaced one still
/// checks what it signed. A singleton; safe on many threads.</summary>
/// <param name="createKey">Makes a new key pair, which this disposes.</param>
internal sealed class SigningKeys(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider time, Func<RSA> createKey)
    : IDisposable
{
    // 128 bits of strength (NIST SP 800-57 part 1, table 2).
    private const int KeyBits = 3072;

    private static readonly TimeSpan SignsFor = TimeSpan.FromDays(90);

    // Longer than any token lives, with room for clocks that disagree.
    private static readonly TimeSpan ChecksFor = SignsFor + TimeSpan.FromDays(1);

    // So that tokens with invented key ids can't make us ask the database each time.
    private static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(5);

    private readonly IDataProtector _protector = protection.CreateProtector("GoImg.SigningKeys.v1");
    private readonly SemaphoreSlim _loading = new(1);
    private volatile Loaded _loaded = new([], FrozenDictionary<string, Entry>.Empty, DateTimeOffset.MinValue);

    public static RSA CreateKey() => RSA.Create(KeyBits);

    /// <summary>The key to sign with: the newest, once every node has had time to notice it.</summary>
    public async Task<RsaSecurityKey> NewestAsync(CancellationToken cancellationToken)
    {
        var keys = _loaded.NewestFirst;
        if (!IsYoung(keys))
            keys = (await LoadAsync(DateTimeOffset.MaxValue, cancellationToken)).NewestFirst;
        if (!IsYoung(keys))
            keys = await CreateAsync(cancellationToken);
        var isKnownEverywhere = Age(keys[0]) >= ReloadInterval * 2;
        return isKnownEverywhere || keys.Count == 1 || Age(keys[1]) >= SignsFor + ReloadInterval * 4 ? keys[0].Key : keys[1].Key;
    }

    /// <summary>Reads the key with this <c>kid</c> from the database, should it be there and not be known yet.</summary>
    public async Task LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (!_loaded.ById.ContainsKey(id))
            await LoadAsync(time.GetUtcNow() - ReloadInterval, cancellationToken);
    }

    /// <summary>The key with this <c>kid</c>, of those that were loaded; null when it is unknown or too old to check anything.</summary>
    public RsaSecurityKey? Find(string? id) =>
        id is not null && _loaded.ById.TryGetValue(id, out var entry) && Age(entry) < ChecksFor ? entry.Key : null;

    public void Dispose() => _loading.Dispose();

    private bool IsYoung(IReadOnlyList<Entry> newestFirst) => newestFirst.Count > 0 && Age(newestFirst[0]) < SignsFor;

    private TimeSpan Age(Entry key) => time.GetUtcNow() - key.CreatedAt;

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

    private async Task<IReadOnlyList<Entry>> CreateAsync(CancellationToken cancellationToken)
    {
        using var key = createKey();
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
        return (await LoadAsync(DateTimeOffset.MaxValue, cancellationToken)).NewestFirst;
    }

    private Entry Open(SigningKey row)
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(_protector.Unprotect(row.ProtectedPkcs8), out _);
        return new(row.Id, row.CreatedAt, new RsaSecurityKey(key) { KeyId = row.Id });
    }

    private sealed record Entry(string Id, DateTimeOffset CreatedAt, RsaSecurityKey Key);

    private sealed record Loaded(IReadOnlyList<Entry> NewestFirst, FrozenDictionary<string, Entry> ById, DateTimeOffset At);
}
