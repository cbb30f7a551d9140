using System.Numerics;

namespace GoImg.Demo.Pictures;

/// <summary>Things with light and shade on them.</summary>
internal static class Reliefs
{
    public static void Island(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, scale, level) = (dice.Below(10000), dice.Between(1.5f, 2.6f), dice.Between(-0.06f, 0.08f));
        var land = new Field(
            canvas,
            (u, v) =>
            {
                var (dx, dy) = ((u / canvas.Aspect) - 0.5f, v - 0.5f);
                return Noise.Fractal(u * scale, v * scale, 5, seed, 0.45f) + 0.24f - (1.5f * ((dx * dx) + (dy * dy)));
            }
        );
        canvas.Paint(
            (x, y, u, v) =>
            {
                var height = land.At(x, y) - level;
                if (height < 0)
                {
                    // Shallow water is bright; the surf follows the coast.
                    var surf =
                        Noise.Step(-0.022f, -0.004f, height) * (0.5f + (0.5f * MathF.Sin((height * 700) + (3 * Noise.At(u * 9, v * 9, seed)))));
                    return palette.At(0.05f + (0.4f * MathF.Exp(height * 7))).Mix(palette.At(0.95f), surf * 0.4f);
                }

                var right = land.At(Math.Min(x + 2, canvas.Width - 1), y) - level;
                var below = land.At(x, Math.Min(y + 2, canvas.Height - 1)) - level;
                var light = Math.Clamp(1 + ((right - height + below - height) * -canvas.Height * 0.022f), 0.6f, 1.3f);
                var line = MathF.Abs(((height * 16) % 1) - 0.5f) > 0.46f ? 0.93f : 1;
                var shore = Noise.Step(0.02f, 0, height);
                return palette.At(Noise.Mix(0.42f, 1, height * 1.9f)).Mix(palette.At(0.96f), shore * 0.7f) * (light * line);
            }
        );
    }

    public static void Spheres(Canvas canvas, Dice dice, Palette palette)
    {
        var balls = new Ball[4 + dice.Below(3)];
        for (var i = 0; i < balls.Length; i++)
        {
            var radius = dice.Between(0.35f, 1.15f);
            var left = ((i + 0.5f) / balls.Length * 6) - 3 + dice.Between(-0.4f, 0.4f);
            balls[i] = new(new(left, radius, dice.Between(3.6f, 8)), radius, palette.At(dice.Between(0.2f, 0.95f)));
        }

        var scene = new SphereScene(balls, palette, Vector3.Normalize(new(dice.Between(-0.8f, 0.8f), 1, -0.7f)));
        var eye = new Vector3(0, 1.7f, -1.6f);
        canvas.Paint((_, _, u, v) => scene.Trace(eye, Vector3.Normalize(new((u - (canvas.Aspect / 2)) * 1.15f, 0.42f - v, 1.25f)), bounces: 2));
    }
}
