using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Accounts;

/// <summary>The costly part of a sign-in. A singleton: it lets no more hashes run at once than there are cores, so that a flood of
/// sign-ins queues here instead of starving the pages.</summary>
internal sealed class PasswordHashing(IPasswordHasher<Account> hasher) : IDisposable
{
    // OWASP ASVS 5.0 appendix C: PBKDF2-HMAC-SHA512 with at least 210,000 iterations.
    public const int Iterations = 210_000;

    private readonly SemaphoreSlim _cores = new(Math.Max(1, Environment.ProcessorCount));
    private readonly Lazy<string> _dummyHash = new(() => hasher.HashPassword(new Account(), Guid.CreateVersion7().ToString()));

    public static IOptions<PasswordHasherOptions> HasherOptions => Options.Create(new PasswordHasherOptions { IterationCount = Iterations });

    public async Task<PasswordVerificationResult> VerifyAsync(Account? account, string password, CancellationToken cancellationToken)
    {
        await _cores.WaitAsync(cancellationToken);
        try
        {
            // An unknown account costs the same work against a hash that nothing matches.
            var result = hasher.VerifyHashedPassword(account ?? new Account(), account?.PasswordHash ?? _dummyHash.Value, password);
            return account?.PasswordHash is null ? PasswordVerificationResult.Failed : result;
        }
        finally
        {
            _cores.Release();
        }
    }

    public async Task<string> HashAsync(Account account, string password, CancellationToken cancellationToken)
    {
        await _cores.WaitAsync(cancellationToken);
        try
        {
            return hasher.HashPassword(account, password);
        }
        finally
        {
            _cores.Release();
        }
    }

    public void Dispose() => _cores.Dispose();
}
