using System.Collections.Concurrent;
using System.Diagnostics;
using GoImg.Core.Shared;

namespace GoImg.Web.Hosting;

/// <summary>Arms <see cref="IFailpoints"/> from <c>GOIMG_FAILPOINTS=name:action,…</c>. Actions: <c>kill</c> (this process, as kill -9 would),
/// <c>error</c>, <c>pause</c> (ten seconds); <c>action*3</c> happens the first three times only.</summary>
internal sealed class Failpoints : IFailpoints
{
    private readonly ConcurrentDictionary<string, (string Action, int Left)> _armed = new(StringComparer.Ordinal);

    public Failpoints(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration["GOIMG_FAILPOINTS"] is not { Length: > 0 } spec)
            return;
        if (environment.IsProduction())
            throw new InvalidOperationException(
                "GOIMG_FAILPOINTS is set, but the environment is Production, where nothing may be made to fail. Unset it."
            );

        foreach (var entry in spec.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, action, times) = Parse(entry);
            _armed[name] = (action, times);
        }
    }

    public ValueTask HitAsync(string name, CancellationToken cancellationToken) =>
        _armed.IsEmpty || !TryUse(name, out var action) ? ValueTask.CompletedTask : ActAsync(name, action, cancellationToken);

    private bool TryUse(string name, out string action)
    {
        action = "";
        while (_armed.TryGetValue(name, out var armed) && armed.Left > 0)
        {
            if (!_armed.TryUpdate(name, armed with { Left = armed.Left - 1 }, armed))
                continue;
            action = armed.Action;
            return true;
        }

        return false;
    }

    private static async ValueTask ActAsync(string name, string action, CancellationToken cancellationToken)
    {
        if (action == "kill")
            Process.GetCurrentProcess().Kill();
        else if (action == "error")
            throw new InvalidOperationException($"The failpoint {name} says so.");
        await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
    }

    private static (string Name, string Action, int Times) Parse(string entry) =>
        entry.Split(':', '*') switch
        {
            [var name, "kill" or "error" or "pause"] parts => (name, parts[1], int.MaxValue),
            [var name, "kill" or "error" or "pause", var times] parts when int.TryParse(times, out var count) => (name, parts[1], count),
            _ => throw new InvalidOperationException(
                $"GOIMG_FAILPOINTS has “{entry}”; an entry is name:kill, name:error or name:pause, with *count behind it if wanted."
            ),
        };
}
