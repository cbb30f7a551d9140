using System.Net;
using GoImg.Core.Shared;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using IPNetwork = System.Net.IPNetwork;

namespace GoImg.Web.Hosting;

/// <summary>Section <c>Network</c>: how GoImg faces the network.</summary>
internal sealed record NetworkOptions : IValidatedOptions
{
    private const int MaxHeaderBytes = 16 << 10;

    public static string Section => "Network";

    /// <summary>Connections at once. Default 5000; 0 is as many as <see cref="OpenFiles"/> allow, and no number is more.</summary>
    public int MaxConnections { get; init; } = 5000;

    /// <summary>Open pages with a live connection at once. Default 2000; 0 is as many as <see cref="OpenFiles"/> allow, and no number is more.</summary>
    public int MaxLivePages { get; init; } = 2000;

    /// <summary>Connections at once of one address (IPv6: one /64), proxies in front aside. Default 500; 0 is as many as there may be in all.</summary>
    public int MaxConnectionsPerNetwork { get; init; } = 500;

    /// <summary>Open pages with a live connection at once, of one member. Default 50; 0 is as many as there may be in all.</summary>
    public int MaxLivePagesPerMember { get; init; } = 50;

    /// <summary>Open pages with a live connection at once, of one address (IPv6: one /64). Default 300; 0 is as many as there may be in all.</summary>
    public int MaxLivePagesPerNetwork { get; init; } = 300;

    /// <summary>Bytes of a request's body, uploads aside, which have limits of their own. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>Bytes a second below which an upload is cut off after ten seconds. Default 2048.</summary>
    public int MinUploadBytesPerSecond { get; init; } = 2048;

    /// <summary>Addresses or networks (10.0.0.0/8) of the proxies in front, separated by commas; only theirs are the X-Forwarded headers believed. Default none.</summary>
    public string TrustedProxies { get; init; } = "";

    public void Check(OptionRules rules)
    {
        rules.Holds(MaxConnections >= 0, "Network:MaxConnections is 0 (as many as the process may open files for) or more.");
        rules.Holds(MaxLivePages >= 0, "Network:MaxLivePages is 0 (as many as the process may open files for) or more.");
        rules.Range(MaxConnectionsPerNetwork, 0, 1_000_000, "as many as there may be in all");
        rules.Range(MaxLivePagesPerMember, 0, 1_000_000, "as many as there may be in all");
        rules.Range(MaxLivePagesPerNetwork, 0, 1_000_000, "as many as there may be in all");
        rules.Holds(MaxBodyBytes is >= 65536 and <= 1 << 30, "Network:MaxBodyBytes is at least 65536 and at most 1073741824.");
        rules.Holds(MinUploadBytesPerSecond is >= 1 and <= 1 << 30, "Network:MinUploadBytesPerSecond is at least 1 and at most 1073741824.");
        foreach (var wrong in Proxies().Where(p => !IPNetwork.TryParse(p, out _) && !IPAddress.TryParse(p, out _)))
            rules.Holds(
                false,
                $"Network:TrustedProxies has \"{wrong}\"; it takes addresses such as 10.0.0.7 and networks such as 10.0.0.0/8, separated by commas."
            );
    }

    public void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        ConnectionShares.Use(kestrel, this);
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = Within(MaxConnections);
        limits.MaxConcurrentUpgradedConnections = Within(MaxLivePages);
        limits.MaxRequestBodySize = MaxBodyBytes;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(65);
        limits.MinRequestBodyDataRate = new MinDataRate(MinUploadBytesPerSecond, TimeSpan.FromSeconds(10));
        limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(10));
    }

    public void Apply(ForwardedHeadersOptions forwarded)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in Proxies())
        {
            if (IPNetwork.TryParse(proxy, out var network))
                forwarded.KnownIPNetworks.Add(network);
            else
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        }
    }

    /// <summary>More connections are asked for than the process may have files: fewer are taken.</summary>
    public bool AsksForMoreThanFilesAllow => Math.Max(MaxConnections, MaxLivePages) > OpenFiles.MostConnections;

    public int ConnectionsOfNetwork => Share(MaxConnectionsPerNetwork, MaxConnections);

    public int LivePagesOfMember => Share(MaxLivePagesPerMember, MaxLivePages);

    public int LivePagesOfNetwork => Share(MaxLivePagesPerNetwork, MaxLivePages);

    public IReadOnlyList<IPNetwork> ProxyNetworks() => [.. Proxies().Select(NetworkOf)];

    public bool HasProxies => Proxies().Length > 0;

    // Where there are few for all, no one has more than half.
    private static int Share(int most, int ofAll) => most > 0 ? (int)Math.Min(most, Math.Max(1, Within(ofAll) / 2)) : int.MaxValue;

    private static IPNetwork NetworkOf(string proxy) =>
        IPNetwork.TryParse(proxy, out var network)
            ? network
            : new IPNetwork(IPAddress.Parse(proxy), IPAddress.Parse(proxy).GetAddressBytes().Length * 8);

    private static long Within(int wanted) => wanted > 0 ? Math.Min(wanted, OpenFiles.MostConnections) : OpenFiles.MostConnections;

    private string[] Proxies() => TrustedProxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
