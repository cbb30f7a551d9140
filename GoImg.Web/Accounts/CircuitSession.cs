using GoImg.Core.Accounts;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace GoImg.Web.Accounts;

/// <summary>Ends what an open page may do within seconds of the end of its session, or of a change of role.</summary>
internal sealed class CircuitSession(ILoggerFactory logs, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(3);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (authenticationState.User.GetSession() is not { } id)
            return false;

        await using var scope = scopes.CreateAsyncScope();
        var live = await scope.ServiceProvider.GetRequiredService<SessionCheck>().FindAsync(id, cancellationToken);
        return live is not null && authenticationState.User.IsInRole(live.Role.ToString());
    }
}
