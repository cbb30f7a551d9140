namespace GoImg.Demo.Pictures;

/// <summary>After dark.</summary>
internal static class Nights
{
    public static void Stars(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, tilt, across) = (dice.Below(10000), dice.Between(-0.9f, 0.9f), dice.Between(0.3f, 0.6f));
        var dust = new Field(canvas, (u, v) => Noise.Fractal(u * 2.4f, v * 2.4f, 6, seed));
        var dark = new Field(canvas, (u, v) => Noise.Fractal(u * 3.4f, v * 3.4f, 5, seed + 40));
        var ridge = Landscapes.Ridge(canvas, dice.Between(0.86f, 0.95f), 0.12f, 1.4f, seed + 3, isSharp: true);
        float Band(int x, int y) =>
            MathF.Exp(-MathF.Pow(((y * canvas.Pixel) - across - (tilt * ((x * canvas.Pixel) - (canvas.Aspect / 2)))) / 0.22f, 2));
        canvas.Paint(
            (x, y, u, v) =>
            {
                var milk = Band(x, y) * (0.62f + (0.75f * dust.At(x, y)));
                var lane = Noise.Step(0.05f, 0.5f, dark.At(x, y)) * Band(x, y);
                return palette.At((0.05f + (0.13f * v) + (0.5f * milk)) * (1 - (0.65f * lane))) * (0.5f + (0.45f * milk) + (0.12f * v));
            }
        );
        for (var i = 0; i < 1400 * canvas.Aspect; i++)
        {
            var (x, y, power) = (dice.Between(0, canvas.Aspect), dice.Next(), MathF.Pow(dice.Next(), 7));
            var crowded = Band(Math.Min((int)(x * canvas.Height), canvas.Width - 1), (int)(y * (canvas.Height - 1)));
            if (dice.Next() > 0.3f + (0.7f * crowded))
                continue;
            canvas.Dot(x, y, 0.0006f + (0.0019f * power), Rgb.White.Mix(palette.At(dice.Between(0.5f, 1)), 0.35f), 0.3f + (0.7f * power));
            if (power > 0.75f)
                canvas.Glow(x, y, 0.006f, palette.At(0.9f), 0.45f);
        }

        Silhouette(canvas, ridge, palette.At(0) * 0.35f);
    }

    public static void Aurora(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, curtains) = (dice.Below(10000), 2 + dice.Below(3));
        var ridge = Landscapes.Ridge(canvas, 0.9f, 0.1f, 1.6f, seed + 3, isSharp: true);
        canvas.Paint((_, _, _, v) => palette.At(0.03f + (0.16f * v)) * 0.55f);
        for (var i = 0; i < 500 * canvas.Aspect; i++)
            canvas.Dot(dice.Between(0, canvas.Aspect), dice.Between(0, 0.85f), 0.0007f, Rgb.White, dice.Between(0.15f, 0.75f));
        for (var curtain = 0; curtain < curtains; curtain++)
        {
            var (foot, strength, shade) = (Noise.Mix(0.52f, 0.8f, curtain / (float)curtains), dice.Between(0.75f, 1.1f), dice.Between(0.5f, 0.8f));
            for (var x = 0; x < canvas.Width; x++)
            {
                var u = x * canvas.Pixel;
                var bottom = foot + (0.13f * Noise.Fractal(u * 1.2f, curtain * 9, 3, seed + curtain));
                var rays =
                    (0.55f + (0.45f * Noise.Fractal(u * 22, curtain * 5, 2, seed + 60 + curtain)))
                    * Noise.Step(-0.5f, 0.35f, Noise.At(u * 1.4f, curtain, seed + 90));
                var reach = 0.34f + (0.16f * Noise.At(u * 3, curtain, seed + 70));
                for (var y = 0; y < Math.Min(canvas.Height, (int)((bottom + 0.05f) * canvas.Height)); y++)
                {
                    var above = bottom - (y * canvas.Pixel);
                    var light = above < 0 ? MathF.Exp(above * 60) : MathF.Exp(-above / reach * 2.6f);
                    if (light < 0.01f)
                        continue;
                    // Curtains end sharply below and change colour upwards.
                    canvas[x, y] +=
                        palette.At(shade + (0.18f * light) - (0.35f * Math.Clamp(above / reach, 0, 1))) * (light * rays * strength * 1.15f);
                }
            }
        }

        Silhouette(canvas, ridge, palette.At(0) * 0.3f);
    }

    public static void City(Canvas canvas, Dice dice, Palette palette)
    {
        var (moonX, moonY, water) = (dice.Between(0.15f, 0.85f) * canvas.Aspect, dice.Between(0.14f, 0.3f), 0.84f);
        canvas.Paint((_, _, u, v) => palette.At(0.1f + (0.55f * MathF.Pow(v / water, 2))));
        canvas.Glow(moonX, moonY, 0.2f, palette.At(0.8f), 0.2f);
        canvas.Dot(moonX, moonY, 0.055f, palette.At(0.97f), 1);
        for (var row = 0; row < 4; row++)
        {
            var depth = row / 3f;
            var wall = palette.At(Noise.Mix(0.36f, 0.03f, depth)) * Noise.Mix(0.95f, 0.7f, depth);
            for (var x = -0.05f; x < canvas.Aspect; )
            {
                var width = dice.Between(0.03f, 0.1f) * (0.7f + (0.6f * depth));
                var tall = dice.Chance(0.15f) ? 1.45f : 1;
                House(
                    canvas,
                    dice,
                    palette,
                    wall,
                    x,
                    water - (dice.Between(0.14f, 0.4f) * tall * Noise.Mix(1.25f, 0.85f, depth)),
                    width,
                    water,
                    depth
                );
                x += width * dice.Between(0.85f, 1.15f);
            }
        }

        Mirror(canvas, dice, palette, water);
    }

    private static void House(Canvas canvas, Dice dice, Palette palette, Rgb wall, float left, float top, float width, float foot, float depth)
    {
        Box(canvas, left, top, left + width, foot, wall);
        if (dice.Chance(0.25f))
            Box(canvas, left + (width * 0.47f), top - (width * 0.6f), left + (width * 0.53f), top, wall);
        var (cell, lit) = (Noise.Mix(0.011f, 0.017f, depth), palette.At(dice.Between(0.82f, 1)));
        for (var y = top + cell; y < foot - cell; y += cell * 1.5f)
        {
            for (var x = left + (cell * 0.7f); x < left + width - cell; x += cell * 1.35f)
            {
                if (dice.Chance(0.34f))
                    Box(canvas, x, y, x + (cell * 0.62f), y + (cell * 0.75f), wall.Mix(lit, Noise.Mix(0.3f, 0.95f, depth) * dice.Between(0.5f, 1)));
            }
        }
    }

    private static void Mirror(Canvas canvas, Dice dice, Palette palette, float water)
    {
        var seed = dice.Below(10000);
        for (var y = (int)(water * canvas.Height); y < canvas.Height; y++)
        {
            var near = ((y * canvas.Pixel) - water) / (1 - water);
            for (var x = 0; x < canvas.Width; x++)
            {
                var shift = Noise.At(x * canvas.Pixel * 5, near * 26, seed);
                var from = (int)(((water * 2) - (y * canvas.Pixel * 1f) - (near * 0.25f) + (shift * 0.012f)) * canvas.Height);
                var source = canvas[
                    Math.Clamp(x + (int)(shift * 0.014f * canvas.Height), 0, canvas.Width - 1),
                    Math.Clamp(from, 0, (int)(water * canvas.Height) - 1)
                ];
                canvas[x, y] = source.Mix(palette.At(0.08f), 0.42f);
            }
        }
    }

    private static void Box(Canvas canvas, float left, float top, float right, float bottom, Rgb color)
    {
        var h = canvas.Height;
        for (var y = Math.Max(0, (int)(top * h)); y < Math.Min(h, (int)(bottom * h)); y++)
        {
            for (var x = Math.Max(0, (int)(left * h)); x < Math.Min(canvas.Width, Math.Max((int)(right * h), (int)(left * h) + 1)); x++)
                canvas[x, y] = color;
        }
    }

    private static void Silhouette(Canvas canvas, float[] ridge, Rgb color)
    {
        for (var x = 0; x < canvas.Width; x++)
        {
            for (var y = Math.Max(0, (int)(ridge[x] * canvas.Height)); y < canvas.Height; y++)
                canvas[x, y] = color;
        }
    }
}
