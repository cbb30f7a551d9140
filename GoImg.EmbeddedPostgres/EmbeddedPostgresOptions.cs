namespace GoImg.EmbeddedPostgres;

/// <summary>Where the private PostgreSQL server lives and who runs it.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary><c>Data:Path</c>. The cluster lies in <c>postgres</c> below it, or where <c>postgres/location</c> points.</summary>
    public required string DataPath { get; init; }

    /// <summary><c>Database:ProgramsPath</c>: the directory of <c>initdb</c> and <c>postgres</c>. Null: the usual places are searched.</summary>
    public string? ProgramsPath { get; init; }

    /// <summary><c>Database:RunAs</c>: the account that runs the server when GoImg runs as root. Null: the cluster's owner,
    /// else <c>postgres</c>, else <c>goimg</c>, which is created.</summary>
    public string? RunAs { get; init; }

    /// <summary>How long a stop may take before the server is cut off (it then recovers at the next start). Default 20 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>False lets a crash of the machine lose everything: for tests, which throw the cluster away.</summary>
    internal bool Durable { get; init; } = true;

    internal int MaxConnections { get; init; } = 100;
}
