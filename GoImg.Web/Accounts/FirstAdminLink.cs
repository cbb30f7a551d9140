using GoImg.Core.SignIn;
using GoImg.Web.Http;

namespace GoImg.Web.Accounts;

/// <summary>While there is no admin, prints the one-time link that makes one, as soon as the server's address is known.</summary>
internal sealed class FirstAdminLink(IServiceScopeFactory scopes, SiteAddress site) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var token = await scope.ServiceProvider.GetRequiredService<AdminSetup>().IssueLinkAsync(cancellationToken);
        if (token is null)
            return;

        // On standard output alone and never through the log: logs are kept, copied and read by others.
        await Console.Out.WriteLineAsync(
            $"""

            There is no admin yet. Whoever opens this link within an hour makes the first one:

                {site.Url}/setup/{token}

            """
        );
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
