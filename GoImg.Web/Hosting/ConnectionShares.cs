using System.Net;
using GoImg.Core.Accounts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GoImg.Web.Hosting;

/// <summary>Bounds the connections of one network, before a byte of them is read: whoever opens thousands and sends nothing leaves the others their share
/// of <see cref="NetworkOptions.MaxConnections"/>. Proxies in front bring many networks and are not counted.</summary>
internal static class ConnectionShares
{
    public static void Use(KestrelServerOptions kestrel, NetworkOptions options)
    {
        var (shares, proxies) = (new Shares(), options.ProxyNetworks());
        kestrel.ConfigureEndpointDefaults(listen =>
            listen.Use(next =>
                connection =>
                {
                    if (connection.RemoteEndPoint is not IPEndPoint { Address: var address })
                        return next(connection);
                    address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
                    return proxies.Any(proxy => proxy.Contains(address))
                        ? next(connection)
                        : CountedAsync(connection, Actor.Visitor(address.ToString()).Network, next);
                }
            )
        );

        async Task CountedAsync(ConnectionContext connection, string network, ConnectionDelegate next)
        {
            if (!shares.TryTake(network, options.ConnectionsOfNetwork))
            {
                connection.Abort(new ConnectionAbortedException("This network has its share of connections."));
                return;
            }

            try
            {
                await next(connection);
            }
            finally
            {
                shares.GiveBack(network);
            }
        }
    }
}
