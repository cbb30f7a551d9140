using System.Net;

namespace GoImg.Infrastructure.RemoteFiles;

/// <summary>Names to addresses, as the machine knows them.</summary>
internal class NameResolver
{
    public virtual Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
