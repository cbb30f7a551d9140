using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Tells a file's kind from its first bytes.</summary>
internal static class FileSignature
{
    /// <summary>How many bytes to show to <see cref="Find"/>.</summary>
    public const int Window = 512;

    /// <summary>The format, or the reason why it is none. HEIC and AVIF share a container: HEIC stands for both here.</summary>
    public static ImageFormat Find(ReadOnlySpan<byte> start) =>
        start switch
        {
            [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
            _ when start.StartsWith(PngReader.Signature) => ImageFormat.Png,
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
            _ when start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("WEBP"u8) => ImageFormat.WebP,
            _ when start.Length >= 16 && start[4..].StartsWith("ftyp"u8) => Brand(start),
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => ForeignSignature.Find(start) is { } raw
                ? throw new FileRefusedException(raw)
                : ImageFormat.Tiff,
            _ => throw new FileRefusedException(ForeignSignature.Find(start) ?? (Error)new ImageFileErrors.UnknownFormat()),
        };

    private static ImageFormat Brand(ReadOnlySpan<byte> start)
    {
        // the major brand, then after a version the compatible ones
        var size = Math.Clamp(start[3] | start[2] << 8, 16, start.Length);
        var isHeif = false;
        for (var at = 8; at + 4 <= size; at += at == 8 ? 8 : 4)
            isHeif |=
                start[at..].StartsWith("mif1"u8)
                || start[at..].StartsWith("heic"u8)
                || start[at..].StartsWith("heix"u8)
                || start[at..].StartsWith("heim"u8)
                || start[at..].StartsWith("heis"u8)
                || start[at..].StartsWith("avif"u8)
                || start[at..].StartsWith("miaf"u8);

        return isHeif
            ? ImageFormat.Heic
            : throw new FileRefusedException(ForeignSignature.Find(start) ?? (Error)new ImageFileErrors.Foreign(ForeignKind.Video, "MP4"));
    }
}
