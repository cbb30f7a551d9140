using System.Globalization;
using GoImg.Infrastructure.Configuration;
using Npgsql;

namespace GoImg.Infrastructure.Database;

/// <summary>The connection strings of this process, from what <c>ConnectionStrings:GoImg</c> and section <c>Database</c> say together.</summary>
public static class ConnectionSettings
{
    /// <summary>For every connection to an operator's server, those of migrations and commands too. Throws <see cref="BadSettingException"/> when the string
    /// can't be read, or both name the same setting: which of the two is meant, only its author knows.</summary>
    public static string OfOperator(string connectionString, DatabaseOptions options)
    {
        var settings = Parse(connectionString);
        RefuseTwice(options.MaxPoolSize, "Maximum Pool Size", nameof(options.MaxPoolSize));
        RefuseTwice(options.MinPoolSize, "Minimum Pool Size", nameof(options.MinPoolSize));
        RefuseTwice(options.ConnectionLifetime, "Connection Lifetime", nameof(options.ConnectionLifetime));
        RefuseTwice(options.SslMode, "SSL Mode", nameof(options.SslMode));
        RefuseTwice(options.ConnectTimeout, "Timeout", nameof(options.ConnectTimeout));
        RefuseTwice(options.CommandTimeout, "Command Timeout", nameof(options.CommandTimeout));
        RefuseTwice(options.KeepAlive, "Keepalive", nameof(options.KeepAlive));
        if (options.StatementTimeout is not null && settings.Options?.Contains("statement_timeout", StringComparison.OrdinalIgnoreCase) == true)
            throw Twice("statement_timeout", nameof(options.StatementTimeout));

        RefuseMoreThanMax(options.MinPoolSize ?? settings.MinPoolSize, options.MaxPoolSize ?? settings.MaxPoolSize);

        if (options.SslMode is { } sslMode)
            settings.SslMode = sslMode;
        return OfAll(settings.ConnectionString, options);

        void RefuseTwice(object? option, string inString, string key)
        {
            if (option is not null && settings.ShouldSerialize(inString))
                throw Twice(inString, key);
        }
    }

    /// <summary>For every connection, to the private server too.</summary>
    public static string OfAll(string connectionString, DatabaseOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (options.ConnectTimeout is { } connect)
            settings.Timeout = Seconds(connect);
        if (options.KeepAlive is { } keepAlive)
            settings.KeepAlive = Seconds(keepAlive);
        return settings.ConnectionString;
    }

    /// <summary>For what serves and works, and not for migrations, which may take as long as they need.</summary>
    public static string OfServing(string connectionString, DatabaseOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (options.MaxPoolSize is { } max)
            settings.MaxPoolSize = max;
        if (options.MinPoolSize is { } min)
            settings.MinPoolSize = min;
        RefuseMoreThanMax(settings.MinPoolSize, settings.MaxPoolSize);
        if (options.ConnectionLifetime is { } lifetime)
            settings.ConnectionLifetime = Seconds(lifetime);
        if (options.CommandTimeout is { } command)
            settings.CommandTimeout = Seconds(command);
        if (options.StatementTimeout is { } statement)
            settings.Options = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{settings.Options} -c statement_timeout={(long)Math.Ceiling(statement.TotalMilliseconds)}"
                )
                .Trim();
        // What is asked again and again is planned once for each connection. (Plans take memory there, so not of everything.) No session is changed
        // but that of PostgresSignals, which ends its connection, so nothing has to be reset between two uses. Whoever names either setting has the say.
        if (!settings.ShouldSerialize("Max Auto Prepare"))
            settings.MaxAutoPrepare = 50;
        if (!settings.ShouldSerialize("No Reset On Close"))
            settings.NoResetOnClose = true;
        return settings.ConnectionString;
    }

    /// <summary>For what serves and works over the private server, where nothing between here and there minds the option: a statement whose asker was killed
    /// ends some time, too. The string goes through <see cref="OfServing"/> afterwards.</summary>
    public static string OfPrivate(string connectionString, DatabaseOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (options.StatementTimeout is null)
            settings.Options = $"{settings.Options} -c statement_timeout=10min".Trim();
        return settings.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException unreadable)
        {
            throw new BadSettingException($"ConnectionStrings:GoImg can't be read: {unreadable.Message}", unreadable);
        }
    }

    private static void RefuseMoreThanMax(int min, int max)
    {
        if (min > max)
            throw new BadSettingException(
                $"Database:MinPoolSize is {min}, more than the {max} connections there may be. Set Database:MaxPoolSize to as many or more."
            );
    }

    private static BadSettingException Twice(string inString, string key) =>
        new($"Database:{key} is set, and ConnectionStrings:GoImg names {inString} too; remove one of them.");

    // Npgsql counts in seconds; less than one is not none.
    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
