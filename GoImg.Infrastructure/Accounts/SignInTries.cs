using System.Security.Cryptography;
using System.Text;
using GoImg.Core.Accounts;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Accounts;

/// <summary>Counts tries to sign in, each in three ways at once. A way that is full lets none pass until fifteen minutes after the last that did.</summary>
internal sealed class SignInTries(GoImgDbContext db, TimeProvider time)
{
    /// <summary>For one account from one network.</summary>
    public const int Allowed = 5;

    /// <summary>For one account from everywhere. Far above <see cref="Allowed"/>: else any stranger could keep a member out.</summary>
    public const int AllowedEverywhere = 50;

    /// <summary>From one network for all names; an office shares it.</summary>
    public const int AllowedOfNetwork = 20;

    public static readonly TimeSpan LockFor = TimeSpan.FromMinutes(15);

    /// <summary>Counts a try; what is left of the lock when it must not be looked at, else zero.</summary>
    public async Task<TimeSpan> TakeAsync(Actor actor, byte[] account, CancellationToken cancellationToken)
    {
        foreach (var (key, allowed) in WaysOf(actor, account))
        {
            if (await IsFullAsync(key, allowed, cancellationToken))
                return await LeftAsync(key, cancellationToken);
        }

        return TimeSpan.Zero;
    }

    /// <summary>After the right password: the account's tries are forgotten, and this one does not count against the network.</summary>
    public async Task ForgetAsync(Actor actor, byte[] account, CancellationToken cancellationToken)
    {
        var (here, everywhere, network) = (HereKey(actor, account), account, NetworkKey(actor));
        await db.Set<SignInTry>().Where(t => t.Key == here || t.Key == everywhere).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SignInTry>()
            .Where(t => t.Key == network && t.Count > 0)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.Count, x => x.Count - 1), cancellationToken);
    }

    public Task<int> RemoveForgottenAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - LockFor;
        return db.Set<SignInTry>().Where(t => t.LastAt <= before).ExecuteDeleteAsync(cancellationToken);
    }

    public static byte[] KeyOf(Guid account) => SHA256.HashData(account.ToByteArray());

    public static byte[] KeyOf(string unknownName) => SHA256.HashData(Encoding.UTF8.GetBytes(unknownName));

    private static IEnumerable<(byte[] Key, int Allowed)> WaysOf(Actor actor, byte[] account) =>
        [(HereKey(actor, account), Allowed), (NetworkKey(actor), AllowedOfNetwork), (account, AllowedEverywhere)];

    private static byte[] HereKey(Actor actor, byte[] account) => SHA256.HashData([.. account, .. Encoding.UTF8.GetBytes(actor.Network)]);

    private static byte[] NetworkKey(Actor actor) => SHA256.HashData(Encoding.UTF8.GetBytes("network " + actor.Network));

    // One statement under the row's lock: parallel tries can't share a count.
    private async Task<bool> IsFullAsync(byte[] key, int allowed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var forgottenBefore = now - LockFor;
        return await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO sign_in_tries AS tries (key, count, last_at) VALUES ({key}, 1, {now})
                ON CONFLICT (key) DO UPDATE SET last_at = {now}, count = CASE WHEN tries.last_at <= {forgottenBefore} THEN 1 ELSE tries.count + 1 END
                WHERE tries.count < {allowed} OR tries.last_at <= {forgottenBefore}
                """,
                cancellationToken
            ) == 0;
    }

    private async Task<TimeSpan> LeftAsync(byte[] key, CancellationToken cancellationToken)
    {
        var last = await db.Set<SignInTry>().Where(t => t.Key == key).Select(t => (DateTimeOffset?)t.LastAt).SingleOrDefaultAsync(cancellationToken);
        var left = (last ?? time.GetUtcNow()) + LockFor - time.GetUtcNow();
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }
}
