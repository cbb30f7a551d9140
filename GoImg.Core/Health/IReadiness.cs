using System.ComponentModel;

namespace GoImg.Core.Health;

/// <summary>How everything GoImg stands on is.</summary>
public interface IReadiness
{
    /// <summary>An answer is at most two seconds old. What is broken or does not answer within five seconds is down; nothing is thrown.</summary>
    Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken);
}

public enum DependencyState
{
    Ok,

    /// <summary>Works, but not as it should; or is switched off.</summary>
    Degraded,
    Down,
}

/// <param name="Name">One word, as in "database".</param>
/// <param name="Note">One sentence anyone may read.</param>
/// <param name="Detail">Versions, paths and messages, for operators only.</param>
public sealed record DependencyReport(string Name, DependencyState State, string Note, string Detail)
{
    /// <summary>It is not meant to work here: worth knowing, and no reason not to be ready.</summary>
    public bool IsOff { get; init; }
}

[ImmutableObject(true)]
public sealed record ReadinessReport(DependencyState State, IReadOnlyList<DependencyReport> Dependencies);
