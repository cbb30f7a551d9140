using System.Text.Json;
using GoImg.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Jobs;

/// <summary>One kind of job this program can do, and how many of them at a time in this process.</summary>
internal abstract class JobKind(string name, int concurrency)
{
    public string Name => name;

    public int Concurrency => concurrency;

    /// <summary>Throws <see cref="JsonException"/> when the payload can't be read.</summary>
    public abstract Task<JobOutcome> RunAsync(IServiceProvider scope, string payload, JobAttempt attempt, CancellationToken cancellationToken);

    /// <inheritdoc cref="RunAsync"/>
    public abstract Task OnDeadLetteredAsync(IServiceProvider scope, string payload, CancellationToken cancellationToken);

    /// <inheritdoc cref="RunAsync"/>
    public abstract Task OnRequeuedAsync(IServiceProvider scope, string payload, CancellationToken cancellationToken);
}

internal sealed class JobKind<TJob>(int concurrency) : JobKind(TJob.Kind, concurrency)
    where TJob : IJob
{
    public override Task<JobOutcome> RunAsync(IServiceProvider scope, string payload, JobAttempt attempt, CancellationToken cancellationToken) =>
        scope.GetRequiredService<IJobHandler<TJob>>().HandleAsync(Read(payload), attempt, cancellationToken);

    public override Task OnDeadLetteredAsync(IServiceProvider scope, string payload, CancellationToken cancellationToken) =>
        scope.GetRequiredService<IJobHandler<TJob>>().OnDeadLetteredAsync(Read(payload), cancellationToken);

    public override Task OnRequeuedAsync(IServiceProvider scope, string payload, CancellationToken cancellationToken) =>
        scope.GetRequiredService<IJobHandler<TJob>>().OnRequeuedAsync(Read(payload), cancellationToken);

    private static TJob Read(string payload) =>
        JsonSerializer.Deserialize<TJob>(payload, JobJson.Options) ?? throw new JsonException("The payload is null.");
}
