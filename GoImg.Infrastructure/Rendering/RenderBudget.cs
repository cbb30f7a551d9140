namespace GoImg.Infrastructure.Rendering;

/// <summary>Lets as many renders run at once as there are places and memory for. First come, first served, so that a large image is
/// not overtaken for ever; the urgent go to the front. Thread-safe.</summary>
internal sealed class RenderBudget(int places, long memoryBytes)
{
    private readonly Lock _lock = new();
    private readonly int _places = places;
    private readonly LinkedList<Waiter> _waiting = [];
    private int _freePlaces = places;
    private readonly long _memory = memoryBytes;
    private long _freeMemory = memoryBytes;

    /// <summary>How many have a share, and what the shares are together.</summary>
    public (int Shares, long Bytes) InUse
    {
        get
        {
            lock (_lock)
                return (_places - _freePlaces, _memory - _freeMemory);
        }
    }

    /// <summary>Waits for a share; dispose it when done. One that needs more than there is gets everything, alone.</summary>
    public async Task<IDisposable> AcquireAsync(long bytes, bool isUrgent, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(Math.Clamp(bytes, 0, _memory));
        lock (_lock)
        {
            var node = isUrgent ? _waiting.AddFirst(waiter) : _waiting.AddLast(waiter);
            waiter.Node = node;
            Admit();
        }

        await using var registration = cancellationToken.Register(() => Withdraw(waiter));
        await waiter.Admitted.Task.WaitAsync(CancellationToken.None);
        return new Share(this, waiter.Bytes);
    }

    private void Admit()
    {
        while (_waiting.First is { Value: var next } && _freePlaces > 0 && next.Bytes <= _freeMemory)
        {
            _waiting.RemoveFirst();
            next.Node = null;
            _freePlaces--;
            _freeMemory -= next.Bytes;
            next.Admitted.TrySetResult();
        }
    }

    private void Withdraw(Waiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Node is null)
                return;

            _waiting.Remove(waiter.Node);
            waiter.Node = null;
            // it may have been what the others waited behind
            Admit();
        }

        waiter.Admitted.TrySetCanceled();
    }

    private void Release(long bytes)
    {
        lock (_lock)
        {
            _freePlaces++;
            _freeMemory += bytes;
            Admit();
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes => bytes;

        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiter>? Node { get; set; }
    }

    private sealed class Share(RenderBudget budget, long bytes) : IDisposable
    {
        private RenderBudget? _budget = budget;

        public void Dispose() => Interlocked.Exchange(ref _budget, null)?.Release(bytes);
    }
}
