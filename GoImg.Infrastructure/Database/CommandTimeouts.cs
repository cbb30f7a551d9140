using Npgsql;

namespace GoImg.Infrastructure.Database;

/// <summary>How long a statement of EF may take, by the kind of work it is part of: who waits for a page waits for seconds, a job for minutes. What takes
/// longer is ended at the server and fails.</summary>
/// <param name="OfRequests">Null where the connection string has the say.</param>
internal sealed record CommandTimeouts(TimeSpan? OfRequests, TimeSpan OfJobs)
{
    private static readonly TimeSpan Request = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Job = TimeSpan.FromMinutes(5);

    public static CommandTimeouts Of(string connectionString, DatabaseOptions options) =>
        new(
            options.CommandTimeout ?? (new NpgsqlConnectionStringBuilder(connectionString).ShouldSerialize("Command Timeout") ? null : Request),
            options.JobCommandTimeout ?? Job
        );

    /// <summary>As EF counts them; zero is for ever.</summary>
    public static int Seconds(TimeSpan timeout) => (int)Math.Ceiling(timeout.TotalSeconds);
}
