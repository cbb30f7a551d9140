using GoImg.Core.Rendering;

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
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => Tiff(start),
            _ => throw Refuse(start),
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

        return isHeif ? ImageFormat.Heic : throw FileRefusedException.Unsupported(FileFaultTexts.FilmOrAnotherKindOfMediaFile);
    }

    private static ImageFormat Tiff(ReadOnlySpan<byte> start) =>
        start.Length >= 10 && start[8..].StartsWith("CR"u8) ? throw FileRefusedException.Unsupported(FileFaultTexts.CameraRawFile) : ImageFormat.Tiff;

    private static FileRefusedException Refuse(ReadOnlySpan<byte> start) =>
        start switch
        {
            [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] => FileRefusedException.Unsupported(
                FileFaultTexts.JpegXl
            ),
            [0xFF, 0x4F, 0xFF, 0x51, ..] or [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] => FileRefusedException.Unsupported(
                FileFaultTexts.Jpeg2000
            ),
            _ when start.StartsWith("%PDF"u8) => FileRefusedException.Unsupported(FileFaultTexts.Pdf),
            _ when start.StartsWith("8BPS"u8) => FileRefusedException.Unsupported(FileFaultTexts.PhotoshopFile),
            [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => FileRefusedException.Unsupported(FileFaultTexts.Bmp),
            _ when start.IndexOf("<svg"u8) >= 0 => FileRefusedException.Unsupported(FileFaultTexts.SvgDrawing),
            _ => new FileRefusedException(new ImageFileErrors.UnknownFormat()),
        };
}
