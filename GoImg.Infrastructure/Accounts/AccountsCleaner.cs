using GoImg.Core.Accounts;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Accounts;

/// <summary>Deletes ended sessions after a week, access tokens a month after they expired, and forgotten sign-in tries, once an hour.</summary>
internal sealed class AccountsCleaner(IServiceScopeFactory scopes, TimeProvider time, ILogger<AccountsCleaner> log)
    : PeriodicService(TimeSpan.FromHours(1), time, log)
{
    private static readonly TimeSpan KeepEndedSessions = TimeSpan.FromDays(7);

    // Its owner wonders why a program stopped, and finds it in the list.
    private static readonly TimeSpan KeepExpiredTokens = TimeSpan.FromDays(30);

    private readonly TimeProvider _time = time;

    internal Task CleanAsync(CancellationToken cancellationToken) => DoAsync(cancellationToken);

    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISessions>().RemoveEndedAsync(_time.GetUtcNow() - KeepEndedSessions, cancellationToken);
        await scope
            .ServiceProvider.GetRequiredService<IPersonalAccessTokens>()
            .RemoveExpiredAsync(_time.GetUtcNow() - KeepExpiredTokens, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<SignInTries>().RemoveForgottenAsync(cancellationToken);
    }
}
