namespace GoImg.Demo.Pictures;

/// <summary>A picture in the making. Scenes measure in heights: the picture is 1 high and <see cref="Aspect"/> wide, whatever its pixels.</summary>
internal sealed class Canvas(int width, int height)
{
    private readonly Rgb[] _pixels = new Rgb[width * height];

    public int Width => width;

    public int Height => height;

    public float Aspect => width / (float)height;

    /// <summary>One pixel, in heights.</summary>
    public float Pixel => 1f / height;

    public Rgb this[int x, int y]
    {
        get => _pixels[(y * width) + x];
        set => _pixels[(y * width) + x] = value;
    }

    /// <summary>Asks for every pixel's colour.</summary>
    public void Paint(Func<int, int, float, float, Rgb> colorAt)
    {
        var step = 1f / height;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                _pixels[(y * width) + x] = colorAt(x, y, x * step, y * step);
        }
    }

    /// <summary>A soft dot; <paramref name="opacity"/> 1 covers what was there.</summary>
    public void Dot(float x, float y, float radius, Rgb color, float opacity)
    {
        var (centerX, centerY, reach) = (x * height, y * height, Math.Max(radius * height, 0.5f) + 1);
        for (var py = Math.Max(0, (int)(centerY - reach)); py <= Math.Min(height - 1, (int)(centerY + reach)); py++)
        {
            for (var px = Math.Max(0, (int)(centerX - reach)); px <= Math.Min(width - 1, (int)(centerX + reach)); px++)
            {
                var distance = MathF.Sqrt(((px - centerX) * (px - centerX)) + ((py - centerY) * (py - centerY)));
                var cover = Math.Clamp(reach - distance, 0, 1) * opacity;
                if (cover > 0)
                    this[px, py] = this[px, py].Mix(color, cover);
            }
        }
    }

    /// <summary>Light that falls off around a point.</summary>
    public void Glow(float x, float y, float radius, Rgb color, float strength)
    {
        var reach = (int)(radius * height * 3);
        var (centerX, centerY) = ((int)(x * height), (int)(y * height));
        for (var py = Math.Max(0, centerY - reach); py <= Math.Min(height - 1, centerY + reach); py++)
        {
            for (var px = Math.Max(0, centerX - reach); px <= Math.Min(width - 1, centerX + reach); px++)
            {
                var (dx, dy) = ((px - centerX) / (radius * height), (py - centerY) / (radius * height));
                this[px, py] += color * (strength * MathF.Exp(-((dx * dx) + (dy * dy))));
            }
        }
    }

    /// <summary>Darker corners and a little grain, which also keeps smooth skies from showing bands.</summary>
    public void Finish(float vignette, float grain, int seed)
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = ((x / (float)width) - 0.5f, (y / (float)height) - 0.5f);
                var light = 1 - (vignette * ((dx * dx) + (dy * dy)) * 2);
                var speck = (Hash.At(x, y, seed) + Hash.At(x, y, seed + 1) - 1) * grain;
                var c = this[x, y];
                this[x, y] = new(
                    Math.Clamp((c.R * light) + speck, 0, 1),
                    Math.Clamp((c.G * light) + speck, 0, 1),
                    Math.Clamp((c.B * light) + speck, 0, 1)
                );
            }
        }
    }
}
