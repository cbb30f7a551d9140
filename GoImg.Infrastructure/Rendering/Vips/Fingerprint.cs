namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>What a picture looks like in a few bytes, from a small version of it: pixels of 1 to 4 bands, alpha last.</summary>
internal static class Fingerprint
{
    public const int HashWidth = 9;
    public const int HashHeight = 8;

    /// <summary>Difference hash: for 8 rows of 9 pixels, whether it gets brighter to the right.</summary>
    public static long DifferenceHash(ReadOnlySpan<byte> pixels, int bands)
    {
        ulong hash = 0;
        for (var y = 0; y < HashHeight; y++)
        for (var x = 0; x < HashWidth - 1; x++)
        {
            var at = (y * HashWidth + x) * bands;
            hash = hash << 1 | (Luma(pixels[at..], bands) < Luma(pixels[(at + bands)..], bands) ? 1UL : 0UL);
        }

        return (long)hash;
    }

    /// <summary>The mean of the most frequent of 512 colours, as 0xRRGGBB; clear pixels do not count, a picture without others is white.</summary>
    public static int DominantColor(ReadOnlySpan<byte> pixels, int bands)
    {
        Span<(long Weight, long Red, long Green, long Blue)> bins = new (long, long, long, long)[512];
        for (var at = 0; at + bands <= pixels.Length; at += bands)
        {
            var (red, green, blue, alpha) = Colour(pixels[at..], bands);
            ref var bin = ref bins[red >> 5 << 6 | green >> 5 << 3 | blue >> 5];
            bin = (bin.Weight + alpha, bin.Red + red * alpha, bin.Green + green * alpha, bin.Blue + blue * alpha);
        }

        var best = bins[0];
        foreach (var bin in bins)
            if (bin.Weight > best.Weight)
                best = bin;

        return best.Weight == 0 ? 0xFFFFFF : (int)(best.Red / best.Weight << 16 | best.Green / best.Weight << 8 | best.Blue / best.Weight);
    }

    private static int Luma(ReadOnlySpan<byte> pixel, int bands)
    {
        var (red, green, blue, alpha) = Colour(pixel, bands);
        // on white, as pages show it; Rec. 601 weights
        return ((299 * red + 587 * green + 114 * blue) / 1000 * alpha + 255 * (255 - alpha)) / 255;
    }

    private static (int Red, int Green, int Blue, int Alpha) Colour(ReadOnlySpan<byte> pixel, int bands) =>
        bands switch
        {
            1 => (pixel[0], pixel[0], pixel[0], 255),
            2 => (pixel[0], pixel[0], pixel[0], pixel[1]),
            3 => (pixel[0], pixel[1], pixel[2], 255),
            _ => (pixel[0], pixel[1], pixel[2], pixel[3]),
        };
}
