namespace GoImg.Core.Health;

/// <summary>How everything GoImg stands on is, asked at most every two seconds. A singleton; safe on many threads.</summary>
public sealed class Readiness(IEnumerable<IDependencyCheck> checks, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _asking = new(1);
    private (ReadinessReport Report, DateTimeOffset At)? _last;

    public async Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } last && time.GetUtcNow() - last.At < MaxAge)
                return last.Report;
            var report = await AskAsync(cancellationToken);
            _last = (report, time.GetUtcNow());
            return report;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<ReadinessReport> AskAsync(CancellationToken cancellationToken)
    {
        var reports = await Task.WhenAll(checks.Select(check => AskAsync(check, cancellationToken)));
        var isDown = checks.Zip(reports).Any(pair => pair.First.IsVital && pair.Second.State == DependencyState.Down);
        var state =
            isDown ? DependencyState.Down
            : reports.Any(r => r.State != DependencyState.Ok) ? DependencyState.Degraded
            : DependencyState.Ok;
        return new(state, reports);
    }

    private static async Task<DependencyReport> AskAsync(IDependencyCheck check, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            return await check.CheckAsync(deadline.Token).WaitAsync(Patience, cancellationToken);
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a dependency does when it is broken, the answer is the same.
            return new(check.Name, DependencyState.Down, "Can't be reached.", broken.Message);
        }
    }
}

public sealed record ReadinessReport(DependencyState State, IReadOnlyList<DependencyReport> Dependencies);
