using System.Globalization;
using System.Net;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.RemoteFiles;

/// <summary>Bound from <c>RemoteFiles</c>: uploads by address.</summary>
public sealed record RemoteFilesOptions : IValidatedOptions
{
    public static string Section => "RemoteFiles";

    /// <summary>Members may name an address, and the server fetches the image from there. Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>How long one file may take in all. Default 30 s.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Ports that may be asked, separated by commas. Default 80,443.</summary>
    public string Ports { get; init; } = "80,443";

    /// <summary>Networks (10.1.2.0/24) that may be asked though they are not the internet's, separated by commas. Everybody who may upload reaches them
    /// then. Default none.</summary>
    public string AllowedNetworks { get; init; } = "";

    public IReadOnlySet<int> AllowedPorts => Parts(Ports).Select(PortOf).OfType<int>().ToHashSet();

    public IReadOnlyList<IPNetwork> Networks => [.. Parts(AllowedNetworks).Select(IPNetwork.Parse)];

    public void Check(OptionRules rules)
    {
        rules.Range(TimeLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        rules.Holds(
            Parts(Ports) is { Length: > 0 } ports && ports.All(port => PortOf(port) is not null),
            $"RemoteFiles:Ports is \"{Ports}\"; it takes numbers from 1 to 65535, separated by commas."
        );
        foreach (var wrong in Parts(AllowedNetworks).Where(network => !IPNetwork.TryParse(network, out _)))
            rules.Holds(
                false,
                $"RemoteFiles:AllowedNetworks has \"{wrong}\"; it takes networks such as 10.1.2.0/24 or fd00:1::/32, separated by commas."
            );
    }

    private static int? PortOf(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
