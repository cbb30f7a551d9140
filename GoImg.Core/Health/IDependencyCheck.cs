namespace GoImg.Core.Health;

/// <summary>Looks whether something GoImg stands on is there. May throw or hang: both count as down.</summary>
public interface IDependencyCheck
{
    /// <summary>One word, as in "database".</summary>
    string Name { get; }

    /// <summary>Without it nothing works; the others only make GoImg do less.</summary>
    bool IsVital { get; }

    Task<DependencyReport> CheckAsync(CancellationToken cancellationToken);
}

public enum DependencyState
{
    Ok,

    /// <summary>Works, but not as it should; or is switched off.</summary>
    Degraded,
    Down,
}

/// <param name="Note">One sentence anyone may read.</param>
/// <param name="Detail">Versions, paths and messages, for operators only.</param>
public sealed record DependencyReport(string Name, DependencyState State, string Note, string Detail);
