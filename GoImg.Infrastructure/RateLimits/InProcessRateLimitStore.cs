using System.Collections.Concurrent;
using GoImg.Core.RateLimits;

namespace GoImg.Infrastructure.RateLimits;

/// <summary>Counts in this process, so per node. A sliding window out of two fixed ones: the one before counts for the part of it that
/// still lies within the window's length. A singleton; safe on many threads; keeps at most <see cref="Capacity"/> counts.</summary>
internal sealed class InProcessRateLimitStore(TimeProvider time) : IRateLimitStore
{
    // About 15 MB. A flood from more networks than that within a window starts the counts again, and costs no one memory.
    public const int Capacity = 100_000;

    private readonly ConcurrentDictionary<(RateLimitedAction, string), Count> _counts = new();
    private readonly Lock _sweeping = new();

    // The dictionary's own count takes all its locks, which is much for every request.
    private int _counted;

    public int Counted => Volatile.Read(ref _counted);

    public ValueTask<RateLimitLease> TakeAsync(RateLimitedAction use, string who, RateLimit limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        if (_counts.TryGetValue((use, who), out var known))
            return ValueTask.FromResult(known.Take(now, limit));
        if (Counted >= Capacity)
            MakeRoom(now);
        var count = new Count();
        if (_counts.TryAdd((use, who), count))
            Interlocked.Increment(ref _counted);
        return ValueTask.FromResult(_counts.GetOrAdd((use, who), count).Take(now, limit));
    }

    public ValueTask<int> CountLeftAsync(RateLimitedAction use, string who, RateLimit limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_counts.TryGetValue((use, who), out var count) ? count.Left(time.GetUtcNow().UtcTicks, limit) : limit.Count);

    private void MakeRoom(long now)
    {
        lock (_sweeping)
        {
            if (Counted < Capacity)
                return;
            foreach (var (key, count) in _counts)
            {
                if (count.IsOver(now) && _counts.TryRemove(key, out _))
                    Interlocked.Decrement(ref _counted);
            }

            if (Counted >= Capacity)
            {
                _counts.Clear();
                Volatile.Write(ref _counted, 0);
            }
        }
    }

    private sealed class Count
    {
        private readonly Lock _lock = new();
        private long _windowStart;
        private long _window;
        private int _current;
        private int _previous;

        public bool IsOver(long now)
        {
            lock (_lock)
                return now - _windowStart >= 2 * _window;
        }

        public RateLimitLease Take(long now, RateLimit limit)
        {
            lock (_lock)
            {
                MoveTo(now, limit.Window.Ticks);
                var used = UsedAt(now);
                var isAllowed = used + 1 <= limit.Count;
                if (isAllowed)
                    _current++;
                var remaining = Math.Max(0, (int)(limit.Count - used - (isAllowed ? 1 : 0)));
                var resetsIn = TimeSpan.FromTicks(_windowStart + _window - now);
                return new(isAllowed, limit.Count, remaining, resetsIn, isAllowed ? TimeSpan.Zero : Wait(now, limit.Count));
            }
        }

        public int Left(long now, RateLimit limit)
        {
            lock (_lock)
            {
                MoveTo(now, limit.Window.Ticks);
                return Math.Max(0, (int)(limit.Count - UsedAt(now)));
            }
        }

        private void MoveTo(long now, long window)
        {
            _window = window;
            var start = now - (now % window);
            if (start == _windowStart)
                return;
            _previous = start - _windowStart == window ? _current : 0;
            _current = 0;
            _windowStart = start;
        }

        private double UsedAt(long now) => (_previous * (1 - ((now - _windowStart) / (double)_window))) + _current;

        // When enough of the past has slid out for one more: in this window, or, where this one is full by itself, in the next.
        private TimeSpan Wait(long now, int limit)
        {
            var (start, past, rest) = _current + 1 <= limit ? (_windowStart, _previous, _current) : (_windowStart + _window, _current, 0);
            var share = past == 0 ? 0 : 1 - ((limit - 1 - rest) / (double)past);
            return TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerSecond / 10, start + (long)Math.Ceiling(share * _window) - now));
        }
    }
}
