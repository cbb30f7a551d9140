using GoImg.Infrastructure.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Infrastructure.Health;

internal sealed class RedisCheck(RedisConnection redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await redis.ProbeAsync(cancellationToken)
            ? HealthResponses.Ok($"Redis {redis.ServerVersion}")
            : HealthResponses.Degraded(
                "Does not answer: limits are counted per node and nothing is shared, everything works.",
                $"Redis:ConnectionString names a server that is away, refuses, or takes longer than {RedisConnection.Patience.TotalMilliseconds} ms."
            );
}
