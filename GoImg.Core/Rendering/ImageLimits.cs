namespace GoImg.Core.Rendering;

/// <summary>What an upload may be at most; bound from <c>Limits</c>. 0 or less is refused at start.</summary>
public sealed record ImageLimits
{
    /// <summary>Bytes of one file. Default 50 MiB.</summary>
    public long MaxFileBytes { get; init; } = 50L << 20;

    /// <summary>Pixels of a still image, in millions. Default 100.</summary>
    public int MaxMegapixels { get; init; } = 100;

    /// <summary>Pixels of an AVIF or HEIC, which decode whole, in millions. Default 50.</summary>
    public int MaxMegapixelsHeif { get; init; } = 50;

    /// <summary>Pixels over all frames of an animation, in millions. Default 250.</summary>
    public int MaxAnimationMegapixels { get; init; } = 250;

    /// <summary>Frames of an animation. Default 300.</summary>
    public int MaxFrames { get; init; } = 300;

    /// <summary>Longest side in pixels. Default 16,384.</summary>
    public int MaxSidePx { get; init; } = 16_384;

    /// <summary>Bytes of originals one member may keep. Default 5 GiB.</summary>
    public long MaxMemberBytes { get; init; } = 5L << 30;
}
