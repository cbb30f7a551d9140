using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace GoImg.EmbeddedPostgres;

/// <summary>Where the server listens: a socket in an owner-only directory, or a free port of the loopback address.</summary>
internal sealed record PostgresEndpoint(string Host, int Port)
{
    public const int SocketPort = 5432;

    // sockaddr_un.sun_path of <sys/un.h>: 104 bytes on macOS, 108 on Linux, each with its closing zero
    private const int MaxSocketPathBytes = 103;

    public bool IsSocket => Host.StartsWith('/');

    public static PostgresEndpoint Choose(ClusterDirectory directory)
    {
        var socket = Path.Combine(directory.Run, $".s.PGSQL.{SocketPort}");
        // a comma separates several hosts, both for the server and for the client
        return Encoding.UTF8.GetByteCount(socket) <= MaxSocketPathBytes && !socket.Contains(',', StringComparison.Ordinal)
            ? new PostgresEndpoint(directory.Run, SocketPort)
            : Loopback();
    }

    public static PostgresEndpoint Loopback()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new PostgresEndpoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
    }

    /// <summary>Null for <paramref name="maxPoolSize"/>: connections for a single use, not pooled.</summary>
    public string ConnectionString(string role, string password, string database, int? maxPoolSize = null)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = role,
            Password = password,
            Database = database,
            SslMode = SslMode.Disable,
            Pooling = maxPoolSize is not null,
        };
        if (maxPoolSize is { } size)
            builder.MaxPoolSize = size;
        return builder.ConnectionString;
    }
}
