using GoImg.Core.Integrity;

namespace GoImg.Infrastructure.Integrity;

/// <summary>Bound from <c>Integrity</c>.</summary>
public sealed record IntegritySettings
{
    /// <summary>How often every stored byte is read and compared. Default 7 days, 0 = never, and then damage is found by goimg verify alone.</summary>
    public TimeSpan ScrubInterval { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How much of the disk's time that may take. Default 10; 0 = as fast as it goes.</summary>
    public int ScrubMiBPerSecond { get; init; } = 10;

    internal ScrubThrottle Pace => new(ScrubInterval, (long)ScrubMiBPerSecond << 20, TimeSpan.FromMinutes(4));

    /// <summary>What is wrong with these values, naming the key; null when nothing is.</summary>
    public string? Problem() =>
        this switch
        {
            { ScrubMiBPerSecond: < 0 } => "Integrity:ScrubMiBPerSecond is 0 (as fast as it goes) or more.",
            _ when ScrubInterval < TimeSpan.Zero => "Integrity:ScrubInterval is a length of time, or 0 for never.",
            _ => null,
        };
}
