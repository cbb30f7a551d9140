using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;
using Npgsql;

namespace GoImg.Infrastructure.Database;

/// <summary>Bound from <c>Database</c>. What is null is left to the connection string and Npgsql; see <see cref="ConnectionSettings"/>.</summary>
public sealed record DatabaseOptions : IValidatedOptions
{
    public static string Section => "Database";

    /// <summary>The directory of <c>initdb</c> and <c>postgres</c>. Default none: the usual places are searched.</summary>
    public string? ProgramsPath { get; init; }

    /// <summary>The account that runs the private server when GoImg runs as root. Default none: the cluster's owner, else <c>postgres</c>,
    /// else <c>goimg</c>, which is created.</summary>
    public string? RunAs { get; init; }

    /// <summary>Connections this process has open at most; who needs one more waits for <see cref="ConnectTimeout"/> and then fails.</summary>
    public int? MaxPoolSize { get; init; }

    /// <summary>Connections that are kept open though no one uses them.</summary>
    public int? MinPoolSize { get; init; }

    /// <summary>Age at which a connection is replaced when it is next given back; zero is never.</summary>
    public TimeSpan? ConnectionLifetime { get; init; }

    /// <summary>Not of the private server, which is reached on this machine alone.</summary>
    public SslMode? SslMode { get; init; }

    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>How long a request waits for the answer to one statement, and whatever else is no job and no migration; zero is for ever.</summary>
    public TimeSpan? CommandTimeout { get; init; }

    /// <summary>How long a job waits for the answer to one statement; zero is for ever.</summary>
    public TimeSpan? JobCommandTimeout { get; init; }

    /// <summary>How long the server works on one statement, migrations aside; zero is for ever.</summary>
    public TimeSpan? StatementTimeout { get; init; }

    /// <summary>How often an idle connection is asked for a sign of life; zero is never.</summary>
    public TimeSpan? KeepAlive { get; init; }

    public void Check(OptionRules rules)
    {
        rules.MayBeDirectory(ProgramsPath);
        rules.Range(MaxPoolSize, 2, 10_000);
        rules.Range(MinPoolSize, 0, 10_000);
        rules.Holds(
            MaxPoolSize is null || MinPoolSize is null || MinPoolSize <= MaxPoolSize,
            $"Database:MinPoolSize is {MinPoolSize}, more than Database:MaxPoolSize, which is {MaxPoolSize}."
        );
        rules.Range(ConnectionLifetime, TimeSpan.Zero, TimeSpan.FromDays(30), "never replaced");
        rules.Holds(
            SslMode is null || Enum.IsDefined(SslMode.Value),
            $"Database:SslMode is {SslMode}; it must be one of: {string.Join(", ", Enum.GetNames<SslMode>())}."
        );
        rules.Range(ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        rules.Range(CommandTimeout, TimeSpan.Zero, TimeSpan.FromDays(1), "for ever");
        rules.Range(JobCommandTimeout, TimeSpan.Zero, TimeSpan.FromDays(1), "for ever");
        rules.Range(StatementTimeout, TimeSpan.Zero, TimeSpan.FromDays(1), "for ever");
        rules.Range(KeepAlive, TimeSpan.Zero, TimeSpan.FromDays(1), "never");
    }
}
