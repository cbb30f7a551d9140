namespace GoImg.Infrastructure.Redis;

/// <summary>Opens after some failures in a row, and then nothing is asked until a probe was answered: only the probe waits for a server that is away.
/// Open at first. Safe on many threads.</summary>
internal sealed class CircuitBreaker
{
    private const int FailuresToOpen = 3;

    private int _failures = FailuresToOpen;

    public bool IsClosed => Volatile.Read(ref _failures) < FailuresToOpen;

    /// <summary>A command was answered in time. Closes nothing: it may have been sent long ago.</summary>
    public void Answered()
    {
        if (Volatile.Read(ref _failures) is > 0 and var failures && failures < FailuresToOpen)
            Interlocked.CompareExchange(ref _failures, 0, failures);
    }

    /// <summary>A command was not answered.</summary>
    public void Failed() => Interlocked.Increment(ref _failures);

    /// <summary>The probe was answered.</summary>
    public void Close() => Interlocked.Exchange(ref _failures, 0);

    /// <summary>The probe was not answered.</summary>
    public void Open() => Interlocked.Exchange(ref _failures, FailuresToOpen);
}
