using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Jobs;

/// <summary>Bound from <c>Jobs</c>.</summary>
public sealed record JobsOptions : IValidatedOptions
{
    public static string Section => "Jobs";

    /// <summary>Means nothing: <c>Node:Role</c> took its place. Kept for one release, so that false is refused and not overlooked.</summary>
    public bool? Enabled { get; init; }

    /// <summary>How long a claimed job stays its process's without a sign of life. Default 60 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a running job's lease is renewed; well below <see cref="Lease"/>. Default 15 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often to look for work that no notification announced, such as jobs whose delay ended. Default 2 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often to look for jobs whose process is gone. Default 5 s.</summary>
    public TimeSpan RescueInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long running jobs may go on after a stop was asked for, before they are cancelled and given back. Default 5 s.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Waits between the attempts of a failing job, each ± 20 %; after the last it is a dead letter. Default, as null: 1, 5 and 15 minutes.</summary>
    public IReadOnlyList<TimeSpan>? RetryDelays { get; init; }

    /// <summary>Uploads are refused while more jobs than this wait, those of low priority not counted. Default 10000, 0 = no limit.</summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>How long finished jobs are kept. Default and least 1 day: when a recurring job is due again is seen by its last one.</summary>
    public TimeSpan KeepDone { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long dead letters are kept. Default 30 days.</summary>
    public TimeSpan KeepDead { get; init; } = TimeSpan.FromDays(30);

    public void Check(OptionRules rules)
    {
        rules.Holds(
            Enabled is not false,
            "Jobs:Enabled is false, which is now said by Node:Role. Set Node:Role to web, which needs no renderer and no scanner either, and remove Jobs:Enabled."
        );
        rules.Range(Lease, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        rules.Range(Heartbeat, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        rules.Range(PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        rules.Range(RescueInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        rules.Range(ShutdownGrace, TimeSpan.Zero, TimeSpan.FromHours(1));
        foreach (var (i, delay) in (RetryDelays ?? []).Index())
            rules.Range(delay, TimeSpan.Zero, TimeSpan.FromDays(7), key: $"{nameof(RetryDelays)}:{i}");
        rules.Range(MaxWaiting, 0, 1_000_000_000, "no limit");
        rules.Range(KeepDone, TimeSpan.FromDays(1), TimeSpan.FromDays(3650));
        rules.Range(KeepDead, TimeSpan.FromHours(1), TimeSpan.FromDays(3650));
    }
}
