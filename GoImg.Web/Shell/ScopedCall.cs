using GoImg.Core.Accounts;

namespace GoImg.Web.Shell;

/// <summary>Runs one call of a component in a scope of its own: a circuit outlives any DbContext.</summary>
public sealed class ScopedCall(IServiceScopeFactory scopes, ActorAccessor actor)
{
    public async Task<TResult> RunAsync<TService, TResult>(Func<TService, Actor, Task<TResult>> call)
        where TService : notnull
    {
        var who = await actor.GetAsync();
        await using var scope = scopes.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<TService>(), who);
    }
}
