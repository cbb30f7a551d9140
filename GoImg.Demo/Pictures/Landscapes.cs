namespace GoImg.Demo.Pictures;

/// <summary>Land and sea under a sky.</summary>
internal static class Landscapes
{
    public static void Hills(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, layers, sunX, sunY) = (dice.Below(10000), 5 + dice.Below(4), dice.Between(0.2f, 0.8f) * canvas.Aspect, dice.Between(0.18f, 0.36f));
        var (isSharp, horizon) = (dice.Chance(0.6f), dice.Between(0.34f, 0.46f));
        var ridges = new float[layers][];
        for (var layer = 0; layer < layers; layer++)
        {
            var depth = layer / (float)(layers - 1);
            ridges[layer] = Ridge(
                canvas,
                horizon + (depth * (0.93f - horizon)),
                Noise.Mix(0.2f, 0.1f, depth),
                Noise.Mix(2.6f, 1.1f, depth),
                seed + (layer * 17),
                isSharp
            );
        }

        canvas.Paint(
            (x, y, u, v) =>
            {
                for (var layer = layers - 1; layer >= 0; layer--)
                {
                    var under = v - ridges[layer][x];
                    if (under < 0)
                        continue;
                    var depth = layer / (float)(layers - 1);
                    // Mist gathers at the foot of each ridge, in front of the next.
                    var mist = (1 - depth) * Noise.Step(0, 0.22f, under) * 0.22f;
                    return palette.At(Noise.Mix(0.62f, 0.02f, MathF.Pow(depth, 0.8f)) + mist).Mix(palette.At(0.9f), mist);
                }

                return Sky(palette, v / horizon, sunX - u, sunY - v);
            }
        );
        canvas.Glow(sunX, sunY, 0.16f, palette.At(0.92f), 0.22f);
    }

    public static void Sunset(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, horizon, sunX) = (dice.Below(10000), dice.Between(0.5f, 0.66f), dice.Between(0.25f, 0.75f) * canvas.Aspect);
        var (sunY, sunSize, thickness) = (horizon - dice.Between(0.03f, 0.16f), dice.Between(0.035f, 0.07f), dice.Between(-0.05f, 0.2f));
        var clouds = new Field(canvas, (u, v) => Noise.Fractal(u * 1.6f, v * 6, 5, seed));
        canvas.Paint(
            (x, y, u, v) =>
            {
                if (v < horizon)
                    return Above(x, y, u, v);

                // The sea mirrors the sky, broken by ripples that grow towards the viewer.
                var near = (v - horizon) / (1 - horizon);
                var ripple = Noise.At(u * Noise.Mix(26, 7, near), near * 90 / (1 + (near * 3)), seed + 9) * Noise.Mix(0.004f, 0.05f, near);
                var (mirrorX, mirrorY) = (u + (ripple * 0.8f), horizon - ((v - horizon) * 0.85f) + ripple);
                var sky = Above(
                    Math.Clamp((int)(mirrorX * canvas.Height), 0, canvas.Width - 1),
                    Math.Clamp((int)(mirrorY * canvas.Height), 0, canvas.Height - 1),
                    mirrorX,
                    Math.Min(mirrorY, horizon)
                );
                var glitter =
                    MathF.Exp(-MathF.Pow((u - sunX) / Noise.Mix(0.03f, 0.22f, near), 2)) * Noise.Step(0.012f, 0.05f, ripple + (0.03f * (1 - near)));
                return sky.Mix(palette.At(0.12f), 0.38f).Mix(palette.At(0.97f), glitter * 0.75f);
            }
        );
        canvas.Glow(sunX, sunY, 0.2f, palette.At(0.85f), 0.3f);

        Rgb Above(int x, int y, float u, float v)
        {
            var distance = MathF.Sqrt(((u - sunX) * (u - sunX)) + ((v - sunY) * (v - sunY)));
            if (distance < sunSize)
                return palette.At(1).Mix(Rgb.White, 0.35f);
            var height = v / horizon;
            var sky = palette.At(Noise.Mix(0.16f, 0.78f, height * height) + (0.22f * MathF.Exp(-distance * 4)));
            var cloud = Noise.Step(0.02f - thickness, 0.5f, clouds.At(x, y)) * Noise.Step(1.02f, 0.7f, height);
            return sky.Mix(palette.At(0.3f + (0.65f * MathF.Exp(-distance * 2.4f))), cloud * 0.75f);
        }
    }

    public static void Dunes(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, layers, light) = (dice.Below(10000), 4 + dice.Below(3), dice.Chance(0.5f) ? 1 : -1);
        var reach = canvas.Height / 20;
        var crests = new float[layers][];
        for (var layer = 0; layer < layers; layer++)
        {
            var depth = layer / (float)(layers - 1);
            crests[layer] = Ridge(
                canvas,
                Noise.Mix(0.42f, 0.9f, depth),
                Noise.Mix(0.08f, 0.3f, depth),
                Noise.Mix(1.5f, 0.6f, depth),
                seed + (layer * 31),
                isSharp: false
            );
        }

        canvas.Paint(
            (x, y, u, v) =>
            {
                for (var layer = layers - 1; layer >= 0; layer--)
                {
                    var under = v - crests[layer][x];
                    if (under < 0)
                        continue;
                    var depth = layer / (float)(layers - 1);
                    var slope =
                        (crests[layer][Math.Min(x + reach, canvas.Width - 1)] - crests[layer][Math.Max(x - reach, 0)]) * canvas.Height / (2 * reach);
                    // The wind side shines, the lee side lies in shade and softens downwards.
                    var shade = Noise.Step(-0.35f, 0.35f, (slope * light) - (under * 0.7f) + (0.16f * Noise.At((u * 2.2f) + (v * 3), v * 6, seed)));
                    var ripple =
                        MathF.Sin((under * Noise.Mix(420, 130, depth)) + (5 * Noise.At(u * 4, v * 3, seed + 3)))
                        * 0.015f
                        * Noise.Step(0, 0.06f, under);
                    return palette.At(Noise.Mix(0.42f, 0.86f, shade) - (0.1f * depth) + ripple).Mix(palette.At(0.93f), (1 - depth) * 0.35f);
                }

                return palette.At(0.98f).Mix(palette.At(0.72f), Noise.Step(0.45f, 0, v) * 0.9f);
            }
        );
    }

    public static void Forest(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, rows) = (dice.Below(10000), 6);
        var glow = dice.Between(0.2f, 0.8f) * canvas.Aspect;
        canvas.Paint((x, y, u, v) => palette.At(0.72f + (0.24f * MathF.Exp(-MathF.Pow((u - glow) * 1.4f, 2))) - (0.12f * v)));
        for (var row = 0; row < rows; row++)
        {
            var depth = row / (float)(rows - 1);
            var color = palette.At(Noise.Mix(0.62f, 0.03f, MathF.Pow(depth, 0.75f)));
            var ground = Noise.Mix(0.55f, 1.14f, depth);
            var step = Noise.Mix(0.028f, 0.12f, depth);
            for (var x = -0.1f; x < canvas.Aspect + 0.1f; x += step * dice.Between(0.5f, 1.1f))
            {
                var size = Noise.Mix(0.2f, 0.62f, depth) * dice.Between(0.6f, 1.15f);
                Spruce(canvas, x, ground + (0.05f * Noise.At(x * 1.3f, row, seed)), size, color, dice);
            }

            // A veil of mist rises in front of every row but the first.
            if (row < rows - 1)
                Veil(canvas, palette.At(0.8f), ground + 0.05f, 0.16f * (1 - depth), 0.5f * (1 - (depth * 0.8f)));
        }
    }

    public static void Lake(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, shore) = (dice.Below(10000), dice.Between(0.5f, 0.58f));
        var (far, middle) = (
            Ridge(canvas, shore - 0.17f, 0.26f, 1.7f, seed, isSharp: true),
            Ridge(canvas, shore - 0.035f, 0.1f, 2.6f, seed + 50, isSharp: false)
        );
        var snow = new Field(canvas, (u, v) => Noise.Fractal(u * 6, v * 9, 4, seed + 5));
        var clouds = new Field(canvas, (u, v) => Noise.Fractal(u * 1.4f, v * 3.4f, 5, seed + 80));
        canvas.Paint(
            (x, y, u, v) =>
            {
                if (v < shore)
                    return Land(x, y, v);
                var near = (v - shore) / (1 - shore);
                var ripple = Noise.At(u * 5, near * 40, seed + 2) * 0.022f * near;
                var mirror = Math.Clamp(shore - ((v - shore) * 0.95f) + ripple, 0, shore - canvas.Pixel);
                return Land(x, Math.Max(0, (int)(mirror * canvas.Height)), mirror).Mix(palette.At(0.2f), 0.26f + (0.25f * near));
            }
        );

        Rgb Land(int x, int y, float v)
        {
            if (v > middle[x])
                return palette.At(0.07f + (0.25f * (v - middle[x])));
            if (v > far[x])
            {
                var under = v - far[x];
                var slope =
                    (snow.At(Math.Min(x + 5, canvas.Width - 1), Math.Min(y + 5, (int)(shore * canvas.Height))) - snow.At(x, y))
                    * canvas.Height
                    * 0.02f;
                var isSnow = Noise.Step(0.0f, 0.12f, snow.At(x, y) + 0.24f - (under * 2.6f));
                var rock = palette.At(0.26f - (0.22f * slope) + (0.25f * under));
                return rock.Mix(palette.At(0.93f - (0.2f * slope)), isSnow);
            }

            var sky = palette.At(Noise.Mix(0.45f, 0.92f, v / shore));
            return sky.Mix(Rgb.White, Noise.Step(0.05f, 0.6f, clouds.At(x, y)) * 0.55f);
        }
    }

    internal static float[] Ridge(Canvas canvas, float baseline, float height, float frequency, int seed, bool isSharp)
    {
        var ridge = new float[canvas.Width];
        for (var x = 0; x < ridge.Length; x++)
        {
            var u = (x / (float)canvas.Height * frequency) + 11;
            var shape = isSharp ? (Noise.Ridged(u, seed * 0.37f, 5, seed) * 0.6f) - 0.1f : Noise.Fractal(u, seed * 0.37f, 3, seed, 0.35f);
            ridge[x] = baseline - (height * shape);
        }

        return ridge;
    }

    private static Rgb Sky(Palette palette, float down, float toSunX, float toSunY)
    {
        var distance = MathF.Sqrt((toSunX * toSunX) + (toSunY * toSunY));
        return distance < 0.055f
            ? palette.At(1).Mix(Rgb.White, 0.4f)
            : palette.At(Noise.Mix(0.5f, 0.88f, down) + (0.14f * MathF.Exp(-distance * 3.5f)));
    }

    private static void Spruce(Canvas canvas, float x, float foot, float size, Rgb color, Dice dice)
    {
        var (h, tiers) = (canvas.Height, 9 + dice.Below(5));
        var lean = dice.Between(-0.02f, 0.02f);
        for (var py = Math.Max(0, (int)((foot - size) * h)); py < Math.Min(h, (int)(foot * h)); py++)
        {
            var down = ((py / (float)h) - foot + size) / size;
            // Branches hang in tiers: wide at the end of each, narrow again at the start of the next.
            var tier = (down * tiers) % 1;
            var half = size * 0.19f * down * (0.45f + (0.55f * tier)) + (size * 0.008f);
            var middle = x + (lean * (1 - down));
            var (from, to) = ((middle - half) * h, (middle + half) * h);
            for (var px = Math.Max(0, (int)from); px <= Math.Min(canvas.Width - 1, (int)to); px++)
                canvas[px, py] = canvas[px, py].Mix(color, Math.Clamp(Math.Min(px + 1 - from, to - px), 0, 1));
        }
    }

    private static void Veil(Canvas canvas, Rgb color, float middle, float height, float strength)
    {
        for (var y = 0; y < canvas.Height; y++)
        {
            var away = ((y * canvas.Pixel) - middle) / (height + 0.05f);
            var cover = strength * MathF.Exp(-away * away);
            if (cover < 0.01f)
                continue;
            for (var x = 0; x < canvas.Width; x++)
                canvas[x, y] = canvas[x, y].Mix(color, cover);
        }
    }
}
