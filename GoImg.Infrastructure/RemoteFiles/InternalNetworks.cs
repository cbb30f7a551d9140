using System.Net;
using System.Net.Sockets;

namespace GoImg.Infrastructure.RemoteFiles;

/// <summary>Addresses that are not the internet's: this machine, its network, and what clouds keep for their machines. From the registries of
/// special-purpose addresses (https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry).</summary>
internal static class InternalNetworks
{
    /// <summary>Each range and where it is from.</summary>
    public static readonly IReadOnlyList<(IPNetwork Network, string Source)> All =
    [
        Range("0.0.0.0/8", "this network and unspecified: RFC 791, section 3.2"),
        Range("10.0.0.0/8", "private: RFC 1918"),
        Range("100.64.0.0/10", "shared behind a carrier's NAT: RFC 6598; some clouds' metadata (100.100.100.200)"),
        Range("127.0.0.0/8", "loopback: RFC 1122, section 3.2.1.3"),
        Range("168.63.129.16/32", "Azure's services for its machines: learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16"),
        Range("169.254.0.0/16", "link-local: RFC 3927; clouds' metadata (169.254.169.254, 169.254.170.2)"),
        Range("172.16.0.0/12", "private: RFC 1918"),
        Range("192.0.0.0/24", "protocol assignments: RFC 6890, section 2.1"),
        Range("192.0.2.0/24", "documentation: RFC 5737"),
        Range("192.88.99.0/24", "6to4 relays, abandoned: RFC 7526"),
        Range("192.168.0.0/16", "private: RFC 1918"),
        Range("198.18.0.0/15", "benchmarks: RFC 2544"),
        Range("198.51.100.0/24", "documentation: RFC 5737"),
        Range("203.0.113.0/24", "documentation: RFC 5737"),
        Range("224.0.0.0/4", "multicast: RFC 5771"),
        Range("240.0.0.0/4", "reserved, and broadcast at its end: RFC 1112, section 4, and RFC 919"),
        // Of IPv6 only 2000::/3 is given out for unicast on the internet (RFC 4291, section 2.4): this is all the rest.
        Range(
            "::/3",
            "unspecified, loopback, IPv4-compatible: RFC 4291, section 2.5; NAT64, which leads to any IPv4 address: RFC 6052 and 8215; discard: RFC 6666"
        ),
        Range("4000::/2", "not given out; SRv6: RFC 9602"),
        Range(
            "8000::/1",
            "unique local: RFC 4193, clouds' metadata (fd00:ec2::254); link-local and site-local: RFC 4291 and 3879; multicast: RFC 4291"
        ),
        Range("2001::/23", "protocol assignments: RFC 2928; Teredo, which leads to any IPv4 address: RFC 4380"),
        Range("2001:db8::/32", "documentation: RFC 3849"),
        Range("2002::/16", "6to4, which leads to any IPv4 address: RFC 3056"),
        Range("3fff::/20", "documentation: RFC 9637"),
    ];

    public static bool Has(IPAddress address) => All.Any(range => range.Network.Contains(Plain(address)));

    /// <summary>An IPv4 address as such, however it is written.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } ? address.MapToIPv4()
        // A zone ("fe80::1%2") is no part of the number.
        : address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPAddress(address.GetAddressBytes())
        : address;

    private static (IPNetwork, string) Range(string network, string source) => (IPNetwork.Parse(network), source);
}
