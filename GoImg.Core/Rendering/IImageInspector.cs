using GoImg.Core.Shared;

namespace GoImg.Core.Rendering;

/// <summary>What a file says about itself before anything is decoded. Sizes are as stored, before <paramref name="Orientation"/> (EXIF, 1–8) is applied.</summary>
public sealed record ImageHeader(ImageFormat Format, int WidthPx, int HeightPx, int Frames, int Orientation, bool HasColorProfile)
{
    /// <summary>The file keeps its picture in several passes (progressive JPEG, interlaced PNG), which decodes whole in memory.</summary>
    public bool IsProgressive { get; init; }

    /// <summary>Where the picture ends, in a file that lacks its format's end mark there; null when it has one. What follows is none of the picture.</summary>
    public long? EndsAt { get; init; }

    public bool IsAnimated => Frames > 1;

    public long TotalPixels => (long)WidthPx * HeightPx * Frames;

    /// <summary>Size once upright.</summary>
    public (int WidthPx, int HeightPx) UprightSize => Orientation is >= 5 and <= 8 ? (HeightPx, WidthPx) : (WidthPx, HeightPx);
}

/// <summary>Decides by content, in managed code, at bounded time and memory, whether a file is an image GoImg takes.</summary>
public interface IImageInspector
{
    /// <summary>Reads structure only, nothing is decompressed; of a JPEG without an end mark the codes are followed, to see whether it is whole. Fails with an error of <see cref="ImageFileErrors"/>.
    /// <paramref name="content"/> is seekable and stays open.</summary>
    Task<Result<ImageHeader>> InspectAsync(Stream content, CancellationToken cancellationToken);
}
