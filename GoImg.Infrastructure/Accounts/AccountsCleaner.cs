using GoImg.Core.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Accounts;

/// <summary>Deletes ended sessions after a week and forgotten sign-in tries, once an hour.</summary>
internal sealed partial class AccountsCleaner(IServiceScopeFactory scopes, TimeProvider time, ILogger<AccountsCleaner> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeepEndedSessions = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                // The next hour tries again; a database that is away must not stop the host.
                LogFailed(broken);
            }
        }
    }

    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISessions>().RemoveEndedAsync(time.GetUtcNow() - KeepEndedSessions, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<SignInTries>().RemoveForgottenAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cleaning up ended sessions failed; the next try is in an hour.")]
    private partial void LogFailed(Exception broken);
}
