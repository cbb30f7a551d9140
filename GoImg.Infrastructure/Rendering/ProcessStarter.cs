using System.Collections.Concurrent;
using System.Diagnostics;

namespace GoImg.Infrastructure.Rendering;

/// <summary>Starts processes from one thread that lives as long as this one does: "die with the parent" means the thread that
/// forked, and threads of the pool come and go.</summary>
internal sealed class ProcessStarter : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> _asked = [];

    public ProcessStarter() => new Thread(Run) { IsBackground = true, Name = "render process starter" }.Start();

    /// <summary>Throws what <see cref="Process.Start(ProcessStartInfo)"/> throws.</summary>
    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Add((start, started));
        return started.Task;
    }

    public void Dispose() => _asked.CompleteAdding();

    private void Run()
    {
        foreach (var (start, started) in _asked.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception failed)
            {
                started.SetException(failed);
            }
        }
    }
}
