using GoImg.Core.Integrity;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Integrity;

/// <summary>Bound from <c>Integrity</c>.</summary>
public sealed record IntegrityOptions : IValidatedOptions
{
    public static string Section => "Integrity";

    /// <summary>How often every stored byte is read and compared. Default 7 days, 0 = never, and then damage is found by goimg verify alone.</summary>
    public TimeSpan ScrubInterval { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How much of the disk's time that may take. Default 10; 0 = as fast as it goes.</summary>
    public int ScrubMiBPerSecond { get; init; } = 10;

    internal ScrubThrottle Pace => new(ScrubInterval, (long)ScrubMiBPerSecond << 20, TimeSpan.FromMinutes(4));

    public void Check(OptionRules rules)
    {
        rules.Holds(
            ScrubMiBPerSecond is >= 0 and <= 1_000_000,
            "Integrity:ScrubMiBPerSecond is 0 (as fast as it goes) or more, and at most 1000000."
        );
        rules.Holds(
            ScrubInterval >= TimeSpan.Zero && ScrubInterval <= TimeSpan.FromDays(3650),
            "Integrity:ScrubInterval is a length of time up to 3650 days, or 0 for never."
        );
    }
}
