using GoImg.Core.Shared;

namespace GoImg.Core.Rendering;

/// <summary>What an upload may be at most; bound from <c>Limits</c>.</summary>
public sealed record ImageLimits : IValidatedOptions
{
    public static string Section => "Limits";

    /// <summary>Bytes of one file. Default 50 MiB.</summary>
    [Reloadable]
    public long MaxFileBytes { get; init; } = 50L << 20;

    /// <summary>Pixels of a still image, in millions. Default 100.</summary>
    [Reloadable]
    public int MaxMegapixels { get; init; } = 100;

    /// <summary>Pixels of an AVIF or HEIC, which decode whole, in millions. Default 50.</summary>
    [Reloadable]
    public int MaxMegapixelsHeif { get; init; } = 50;

    /// <summary>Pixels over all frames of an animation, in millions. Default 250.</summary>
    [Reloadable]
    public int MaxAnimationMegapixels { get; init; } = 250;

    /// <summary>Frames of an animation. Default 300.</summary>
    [Reloadable]
    public int MaxFrames { get; init; } = 300;

    /// <summary>Longest side in pixels. Default 16,384.</summary>
    [Reloadable]
    public int MaxSidePx { get; init; } = 16_384;

    /// <summary>Bytes of originals one member may keep. Default 5 GiB; whoever wants no limit sets a number that is never reached.</summary>
    [Reloadable]
    public long MaxMemberBytes { get; init; } = 5L << 30;

    public void Check(OptionRules rules)
    {
        rules.Range(MaxFileBytes, 1, 1L << 40);
        rules.Range(MaxMegapixels, 1, 10_000);
        rules.Range(MaxMegapixelsHeif, 1, 10_000);
        rules.Range(MaxAnimationMegapixels, 1, 100_000);
        rules.Range(MaxFrames, 1, 100_000);
        rules.Range(MaxSidePx, 1, 1_000_000);
        rules.Range(MaxMemberBytes, 1, long.MaxValue);
    }
}
