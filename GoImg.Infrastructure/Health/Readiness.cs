using GoImg.Core.Health;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Infrastructure.Health;

/// <summary>Readiness by the framework's health checks. A singleton; safe on many threads; whoever asks at the same time gets the same answer.</summary>
internal sealed class Readiness(HealthCheckService checks, HybridCache cache) : IReadiness
{
    /// <summary>Tag of what nothing works without; without the others GoImg only does less.</summary>
    public const string Vital = "vital";

    private static readonly HybridCacheEntryOptions ForTwoSeconds = new()
    {
        Expiration = TimeSpan.FromSeconds(2),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    public async Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken) =>
        await cache.GetOrCreateAsync("readiness", AskAsync, ForTwoSeconds, cancellationToken: cancellationToken);

    private async ValueTask<ReadinessReport> AskAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var isDown = report.Entries.Values.Any(entry => entry.Status == HealthStatus.Unhealthy && entry.Tags.Contains(Vital));
        var state =
            isDown ? DependencyState.Down
            : report.Entries.Values.All(entry => entry.Status == HealthStatus.Healthy || IsOff(entry)) ? DependencyState.Ok
            : DependencyState.Degraded;
        return new(state, [.. report.Entries.Select(entry => Of(entry.Key, entry.Value))]);
    }

    // What a check threw is for operators.
    private static DependencyReport Of(string name, HealthReportEntry entry) =>
        entry.Exception is { } broken
            ? new(name, DependencyState.Down, "Can't be reached.", broken.Message)
            : new(name, StateOf(entry.Status), entry.Description ?? "", entry.Data.GetValueOrDefault(HealthResponses.Detail) as string ?? "")
            {
                IsOff = IsOff(entry),
            };

    private static bool IsOff(HealthReportEntry entry) => entry.Data.ContainsKey(HealthResponses.IsOff);

    private static DependencyState StateOf(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => DependencyState.Ok,
            HealthStatus.Degraded => DependencyState.Degraded,
            _ => DependencyState.Down,
        };
}

/// <summary>What a check answers: a note that anyone may read, and a detail for operators.</summary>
internal static class HealthResponses
{
    public const string Detail = "detail";
    public const string IsOff = "off";

    public static HealthCheckResult Ok(string detail) => HealthCheckResult.Healthy(data: Data(detail));

    public static HealthCheckResult Degraded(string note, string detail) => HealthCheckResult.Degraded(note, data: Data(detail));

    /// <summary>Switched off, or not installed: it is missed and nothing is broken.</summary>
    public static HealthCheckResult Off(string note, string detail)
    {
        var data = Data(detail);
        data[IsOff] = true;
        return HealthCheckResult.Degraded(note, data: data);
    }

    private static Dictionary<string, object> Data(string detail) => new(StringComparer.Ordinal) { [Detail] = detail };
}
