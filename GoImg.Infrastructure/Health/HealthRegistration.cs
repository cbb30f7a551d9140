using GoImg.Core.Health;
using GoImg.Infrastructure.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Infrastructure.Health;

public static class HealthRegistration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="works">This node runs jobs, which need the scanner and the renderer.</param>
    public static IServiceCollection AddReadiness(this IServiceCollection services, bool works)
    {
        var checks = services.AddHealthChecks().Add<DatabaseCheck>("database", Readiness.Vital).Add<StorageCheck>("storage", Readiness.Vital);
        if (services.HasRedis())
            checks.Add<RedisCheck>("redis");
        if (works)
            checks.Add<ScannerCheck>("scanner").Add<RendererCheck>("renderer").Add<HeicCheck>("heic");
        services.AddSingleton<IReadiness, Readiness>();
        return services;
    }

    private static IHealthChecksBuilder Add<TCheck>(this IHealthChecksBuilder checks, string name, params string[] tags)
        where TCheck : class, IHealthCheck =>
        checks.Add(
            new HealthCheckRegistration(
                name,
                services => new PatientCheck(ActivatorUtilities.CreateInstance<TCheck>(services)),
                HealthStatus.Unhealthy,
                tags
            )
        );

    // A registration's own time-out asks a check to stop; one that hangs does not listen.
    private sealed class PatientCheck(IHealthCheck check) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(Patience);
            return await check.CheckHealthAsync(context, deadline.Token).WaitAsync(Patience, cancellationToken);
        }
    }
}
