using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Scanning;

/// <summary>Bound from <c>Scanning</c>.</summary>
public sealed record ScanningOptions : IValidatedOptions
{
    private static readonly string[] Kinds = ["off", "clamav"];

    public static string Section => "Scanning";

    /// <summary><c>off</c> or <c>clamav</c>. Off publishes uploads unscanned. Default off.</summary>
    public string Kind { get; init; } = "off";

    /// <summary>Where clamd listens: <c>host:port</c>, or the absolute path of its socket. Default 127.0.0.1:3310.</summary>
    [Reloadable]
    public string ClamAv { get; init; } = "127.0.0.1:3310";

    /// <summary>How long clamd may take for one file before it counts as down. Default 60 s.</summary>
    [Reloadable]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    public bool IsOn => string.Equals(Kind, "clamav", StringComparison.OrdinalIgnoreCase);

    public void Check(OptionRules rules)
    {
        rules.OneOf(Kind, Kinds);
        rules.Holds(
            ClamAv.StartsWith('/') || (ClamAv.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(ClamAv[(colon + 1)..], out _)),
            $"Scanning:ClamAv is \"{ClamAv}\"; it must be host:port or the absolute path of clamd's socket."
        );
        rules.Range(Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
    }
}
