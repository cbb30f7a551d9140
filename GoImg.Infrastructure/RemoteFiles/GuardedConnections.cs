using System.Net;
using System.Net.Sockets;

namespace GoImg.Infrastructure.RemoteFiles;

/// <summary>Connects to addresses of the internet alone. A name is looked up once for each connection, and what was checked is what is connected to:
/// a name that leads elsewhere a moment later (DNS rebinding) changes nothing.</summary>
internal sealed class GuardedConnections(NameResolver names, RemoteFilesOptions options)
{
    private readonly IReadOnlyList<IPNetwork> _allowed = options.Networks;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await names.FindAsync(host, cancellationToken);
        IPAddress[] permitted = [.. found.Select(InternalNetworks.Plain).Where(IsPermitted)];
        if (permitted.Length == 0)
            throw new HttpRequestException("It leads to no address of the internet.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsPermitted(IPAddress address) => !InternalNetworks.Has(address) || _allowed.Any(network => network.Contains(address));
}
