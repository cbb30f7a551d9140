using System.Security.Cryptography;
using System.Text;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Accounts;

/// <summary>Lets five tries pass, then none until fifteen minutes after the fifth.</summary>
internal sealed class SignInTries(GoImgDbContext db, TimeProvider time)
{
    public const int Allowed = 5;
    public static readonly TimeSpan LockFor = TimeSpan.FromMinutes(15);

    /// <summary>Counts a try; false when it must not be looked at. One statement under the row's lock: parallel tries can't share a count.</summary>
    public async Task<bool> TakeAsync(byte[] key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var forgottenBefore = now - LockFor;
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sign_in_tries AS tries (key, count, last_at) VALUES ({key}, 1, {now})
            ON CONFLICT (key) DO UPDATE SET last_at = {now}, count = CASE WHEN tries.last_at <= {forgottenBefore} THEN 1 ELSE tries.count + 1 END
            WHERE tries.count < {Allowed} OR tries.last_at <= {forgottenBefore}
            """,
            cancellationToken) == 1;
    }

    public Task ForgetAsync(byte[] key, CancellationToken cancellationToken) =>
        db.Set<SignInTry>().Where(t => t.Key == key).ExecuteDeleteAsync(cancellationToken);

    public Task<int> RemoveForgottenAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - LockFor;
        return db.Set<SignInTry>().Where(t => t.LastAt <= before).ExecuteDeleteAsync(cancellationToken);
    }

    public static byte[] KeyOf(Guid account) => SHA256.HashData(account.ToByteArray());

    public static byte[] KeyOf(string unknownName) => SHA256.HashData(Encoding.UTF8.GetBytes(unknownName));
}
