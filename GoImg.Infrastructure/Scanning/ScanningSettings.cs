namespace GoImg.Infrastructure.Scanning;

/// <summary>Bound from <c>Scanning</c>.</summary>
public sealed record ScanningSettings
{
    /// <summary><c>off</c> or <c>clamav</c>. Off publishes uploads unscanned. Default off.</summary>
    public string Kind { get; init; } = "off";

    /// <summary>Where clamd listens: <c>host:port</c>, or the absolute path of its socket. Default 127.0.0.1:3310.</summary>
    public string ClamAv { get; init; } = "127.0.0.1:3310";

    /// <summary>How long clamd may take for one file before it counts as down. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
