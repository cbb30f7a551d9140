using GoImg.Core.Shared;

namespace GoImg.Core.Jobs;

/// <summary>What became of a job.</summary>
public abstract record JobOutcome
{
    private JobOutcome() { }

    /// <summary>Done when <paramref name="saved"/> is a success, else to be tried again.</summary>
    public static JobOutcome Of(Result saved) => saved.Error is { } error ? new Retry(error.Message) : new Done();

    /// <summary>Finished, whatever the answer was.</summary>
    public sealed record Done : JobOutcome;

    /// <summary>Try again later, and count this attempt.</summary>
    public sealed record Retry(string Reason) : JobOutcome;

    /// <summary>Something it needs is down: again after <paramref name="Delay"/>, no attempt spent.</summary>
    public sealed record Snooze(TimeSpan Delay, string Reason) : JobOutcome;

    /// <summary>Never going to work: to the dead letters.</summary>
    public sealed record Discard(string Reason) : JobOutcome;
}
