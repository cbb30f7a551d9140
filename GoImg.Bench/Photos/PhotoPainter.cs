namespace GoImg.Bench.Photos;

/// <summary>Paints what a camera might have seen: a sky, ridges before one another with sharp edges, texture that is finer and weaker
/// at each octave, and the grain of a sensor. The same seed paints the same picture on every machine.</summary>
internal sealed class PhotoPainter(int widthPx, int heightPx, int seed)
{
    private const int Ridges = 4;
    private static readonly int[] CellsPx = [512, 192, 72, 27, 10, 4];

    /// <summary>Writes it as PPM, 8 bits a channel.</summary>
    public void Write(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write(System.Text.Encoding.ASCII.GetBytes($"P6\n{widthPx} {heightPx}\n255\n"));
        const int BandPx = 64;
        var edges = Enumerable.Range(0, Ridges).Select(Edge).ToArray();
        var band = new byte[BandPx * widthPx * 3];
        for (var top = 0; top < heightPx; top += BandPx)
        {
            var rows = Math.Min(BandPx, heightPx - top);
            Parallel.For(0, rows, row => PaintRow(top + row, edges, band.AsSpan(row * widthPx * 3, widthPx * 3)));
            file.Write(band, 0, rows * widthPx * 3);
        }
    }

    /// <summary>The height of a ridge at each column.</summary>
    private float[] Edge(int ridge)
    {
        var edge = new float[widthPx];
        for (var x = 0; x < widthPx; x++)
            edge[x] =
                heightPx
                * (
                    0.3f
                    + 0.17f * ridge
                    + 0.1f * Noise(x, 17, 900, seed + ridge)
                    + 0.03f * Noise(x, 17, 90, seed + ridge)
                    + 0.006f * Noise(x, 17, 11, seed + ridge)
                );
        return edge;
    }

    private void PaintRow(int y, float[][] edges, Span<byte> row)
    {
        for (var x = 0; x < widthPx; x++)
        {
            var ridge = 0;
            while (ridge < Ridges && y > edges[ridge][x])
                ridge++;

            // skies are smooth, the nearest ground is not
            var roughness = 0.025f + 0.09f * ridge;
            var (texture, strength) = (0f, roughness);
            foreach (var cell in CellsPx)
            {
                texture += strength * Noise(x, y, cell, seed + ridge * 7);
                strength *= 0.72f;
            }

            var light = 0.86f - 0.14f * ridge - 0.12f * y / heightPx + texture;
            var warmth = 0.05f * Noise(x, y, 640, seed + 91) + 0.03f * Noise(x, y, 48, seed + 92) + 0.03f * ridge - 0.08f;
            var grain = 0.05f * (Chance(x, y, seed + 5) - 0.5f);
            row[x * 3] = ToByte(light + warmth + grain + 0.02f * (Chance(x, y, seed + 6) - 0.5f));
            row[x * 3 + 1] = ToByte(light + grain);
            row[x * 3 + 2] = ToByte(light - warmth * 1.4f + grain + 0.03f * (Chance(x, y, seed + 7) - 0.5f));
        }
    }

    /// <summary>Smooth, −1 to 1, a new value every <paramref name="cell"/> pixels.</summary>
    private static float Noise(int x, int y, int cell, int seed)
    {
        var (cx, cy) = (x / cell, y / cell);
        var (fx, fy) = (Fade((x - cx * cell) / (float)cell), Fade((y - cy * cell) / (float)cell));
        var top = Chance(cx, cy, seed) + (Chance(cx + 1, cy, seed) - Chance(cx, cy, seed)) * fx;
        var bottom = Chance(cx, cy + 1, seed) + (Chance(cx + 1, cy + 1, seed) - Chance(cx, cy + 1, seed)) * fx;
        return 2 * (top + (bottom - top) * fy) - 1;
    }

    private static float Fade(float t) => t * t * (3 - 2 * t);

    /// <summary>0 to 1, one number for each cell of an endless grid.</summary>
    private static float Chance(int x, int y, int seed)
    {
        var hash = unchecked((uint)(x * 374761393 + y * 668265263 + seed * 974634599));
        hash = (hash ^ hash >> 13) * 1274126177;
        return ((hash ^ hash >> 16) & 0xFFFFFF) / (float)0x1000000;
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(value * 255 + 0.5f, 0, 255);
}
