namespace GoImg.Tests.Harness;

/// <summary>Small real images of every format that can be written in a page of code. The picture has four quarters (red, green,
/// blue, white, clockwise from the top left: red green / white blue) so that a turn or a mirroring shows.</summary>
public static class Samples
{
    /// <summary>Stands in all metadata made here; must never be found in what others are served.</summary>
    public const string Canary = "CANARY-51N-CAMERA-4711";

    public static byte[] Jpeg(int width = 64, int height = 48, int orientation = 1, bool withMetadata = false, int seed = 0) =>
        JpegSample.Create(
            width,
            height,
            (x, y) => Quarter(x, y, width, height, seed),
            withMetadata || orientation != 1 ? MetadataSample.JpegSegments(orientation, withMetadata) : []
        );

    public static byte[] Png(int width = 64, int height = 48, bool withAlpha = false, byte[][]? extraChunks = null) =>
        PngSample.Create(width, height, (x, y) => Quarter(x, y, width, height, 0), withAlpha, extraChunks ?? []);

    public static byte[] Gif(int width = 64, int height = 48, int frames = 1, bool withMetadata = false) =>
        GifSample.Create(width, height, frames, withMetadata);

    /// <summary>One colour: that is the WebP one can write by hand.</summary>
    public static byte[] WebP(int width = 64, int height = 48, int frames = 1, bool withMetadata = false) =>
        WebPSample.Create(width, height, frames, withMetadata);

    public static byte[] Tiff(int width = 64, int height = 48, int orientation = 1, bool withMetadata = false) =>
        TiffSample.Create(width, height, (x, y) => Quarter(x, y, width, height, 0), orientation, withMetadata);

    /// <summary>The boxes of a HEIC or AVIF without anything to decode; for what happens before decoding.</summary>
    public static byte[] HeifShell(int width, int height, string codec = "hvc1", int? turnsLeft = null) =>
        HeifSample.Create(width, height, codec, turnsLeft);

    /// <summary>The colour at a place; another <paramref name="seed"/> gives another picture.</summary>
    private static (byte R, byte G, byte B) Quarter(int x, int y, int width, int height, int seed)
    {
        var (right, below) = (x * 2 >= width, y * 2 >= height);
        var (r, g, b) = (right, below) switch
        {
            (false, false) => (220, 30, 30),
            (true, false) => (30, 160, 30),
            (true, true) => (30, 30, 200),
            _ => (245, 245, 245),
        };
        return ((byte)(r ^ seed & 0xFF), (byte)(g ^ seed >> 8 & 0xFF), (byte)(b ^ seed >> 16 & 0xFF));
    }
}
