using System.Collections.Concurrent;

namespace GoImg.Core.Uploads;

/// <summary>One request at a time writes to an upload, as far as this process knows; between processes the row's version decides.
/// A newcomer ends the one before it, which keeps what it has: a client that lost its connection comes back long before the server
/// notices that the old one is dead.</summary>
public sealed class UploadLocks(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<UploadId, UploadLock> _locks = [];

    /// <summary>Null when the one before does not come to its end. The caller disposes the turn.</summary>
    public async Task<UploadLock?> TakeAsync(UploadId id, CancellationToken cancellationToken)
    {
        var mine = new UploadLock(turn => _locks.TryRemove(new(id, turn)));
        while (true)
        {
            var holder = _locks.GetOrAdd(id, mine);
            if (ReferenceEquals(holder, mine))
                return mine;

            holder.Stop();
            try
            {
                await holder.Ended.WaitAsync(Patience, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                mine.Dispose();
                return null;
            }
        }
    }
}

/// <summary>The right to write to an upload.</summary>
public sealed class UploadLock(Action<UploadLock> end) : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Somebody else wants to go on: read no further.</summary>
    public CancellationToken Stopped => _stop.Token;

    internal Task Ended => _ended.Task;

    internal void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    public void Dispose()
    {
        end(this);
        _ended.TrySetResult();
        _stop.Dispose();
    }
}
