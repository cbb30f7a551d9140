namespace GoImg.Tests.Harness;

/// <summary>A decoded picture: red, green, blue, alpha, not premultiplied.</summary>
public sealed record Pixels(int Width, int Height, byte[] Rgba)
{
    public (byte R, byte G, byte B, byte A) this[int x, int y] =>
        Rgba.AsSpan((y * Width + x) * 4, 4) is [var r, var g, var b, var a] ? (r, g, b, a) : default;

    public static Pixels Of(int width, int height, Func<int, int, (byte R, byte G, byte B)> colour)
    {
        var rgba = new byte[width * height * 4];
        for (var i = 0; i < width * height; i++)
        {
            var (r, g, b) = colour(i % width, i / width);
            (rgba[i * 4], rgba[i * 4 + 1], rgba[i * 4 + 2], rgba[i * 4 + 3]) = (r, g, b, 255);
        }

        return new Pixels(width, height, rgba);
    }

    /// <summary>Brightness, Rec. 601.</summary>
    public double[,] Luma()
    {
        var luma = new double[Height, Width];
        for (var y = 0; y < Height; y++)
        for (var x = 0; x < Width; x++)
            luma[y, x] = this[x, y] is var (r, g, b, _) ? 0.299 * r + 0.587 * g + 0.114 * b : 0;
        return luma;
    }
}
