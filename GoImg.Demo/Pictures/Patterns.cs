namespace GoImg.Demo.Pictures;

/// <summary>Pictures of nothing but form and colour.</summary>
internal static class Patterns
{
    public static void Paper(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, layers, isUp) = (dice.Below(10000), 7 + dice.Below(5), dice.Chance(0.7f));
        var edges = new float[layers][];
        for (var layer = 0; layer < layers; layer++)
        {
            var (frequency, phase) = (dice.Between(0.8f, 2.2f), dice.Between(0, 10));
            edges[layer] = new float[canvas.Width];
            for (var x = 0; x < canvas.Width; x++)
            {
                var u = x * canvas.Pixel;
                edges[layer][x] =
                    Noise.Mix(0.1f, 0.96f, layer / (float)layers)
                    + (0.06f * MathF.Sin((u * frequency * 4) + phase))
                    + (0.05f * Noise.At(u * 1.7f, layer, seed));
            }
        }

        // Sheets of paper, each throwing a soft shadow on the one behind.
        canvas.Paint(
            (x, y, u, v) =>
            {
                var top = layers - 1;
                while (top >= 0 && v < edges[top][x])
                    top--;
                var tone = (top + 1) / (float)layers;
                var sheet = palette.At(isUp ? 0.95f - (0.85f * tone) : 0.1f + (0.85f * tone)) * (0.985f + (0.03f * Hash.At(x, y, seed)));
                if (top == layers - 1)
                    return sheet;
                var gap = edges[top + 1][Math.Min(x + 3, canvas.Width - 1)] - v;
                return sheet * (1 - (0.42f * MathF.Exp(-gap * 46)));
            }
        );
    }

    public static void Glass(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, cells, angle) = (dice.Below(10000), dice.Between(5, 13), dice.Between(0, MathF.Tau));
        var (sin, cos) = MathF.SinCos(angle);
        var lead = palette.At(0) * 0.45f;
        canvas.Paint(
            (x, y, u, v) =>
            {
                var (near, second, column, row, sx, sy) = Nearest(u * cells, v * cells, seed);
                var edge = (second - near) / cells;
                var along = (((u / canvas.Aspect) - 0.5f) * cos) + ((v - 0.5f) * sin);
                var tone = 0.5f + (along * 0.75f) + ((Hash.At(column, row, seed + 2) - 0.5f) * 0.5f);
                var bevel = 1 + (0.2f * (((sx * cos) + (sy * sin)) / (near + 0.3f)));
                return lead.Mix(palette.At(tone) * bevel, Noise.Step(0.004f, 0.004f + (canvas.Pixel * 2.5f), edge));
            }
        );
    }

    public static void Flow(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, scale, isDark) = (dice.Below(10000), dice.Between(0.8f, 2.1f), dice.Chance(0.6f));
        canvas.Paint((_, _, _, v) => isDark ? palette.At(0.03f + (0.05f * v)) * 0.8f : palette.At(0.97f - (0.04f * v)));
        var lines = (int)(1150 * canvas.Aspect);
        for (var i = 0; i < lines; i++)
        {
            var (x, y) = (dice.Between(-0.05f, canvas.Aspect + 0.05f), dice.Between(-0.05f, 1.05f));
            var tone = (isDark ? 0.3f : 0.05f) + (0.62f * ((0.6f * (0.5f + (0.5f * Noise.At(x * 1.1f, y * 1.1f, seed + 7)))) + (0.4f * dice.Next())));
            var (color, width, steps) = (palette.At(tone), dice.Between(0.0009f, 0.0034f), 60 + dice.Below(110));
            for (var step = 0; step < steps; step++)
            {
                var (sin, cos) = MathF.SinCos(Noise.Fractal(x * scale, y * scale, 2, seed) * MathF.Tau * 0.95f);
                (x, y) = (x + (cos * 0.0034f), y + (sin * 0.0034f));
                canvas.Dot(x, y, width * MathF.Sin(MathF.PI * step / steps), color, 0.7f);
            }
        }
    }

    public static void Marble(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, scale, veins) = (dice.Below(10000), dice.Between(1, 2.2f), dice.Between(2, 5));
        var (first, second) = (
            new Field(canvas, (u, v) => Noise.Fractal(u * scale, v * scale, 4, seed)),
            new Field(canvas, (u, v) => Noise.Fractal((u * scale) + 5.2f, (v * scale) + 1.3f, 4, seed + 20))
        );
        var folded = new Field(
            canvas,
            (u, v) =>
            {
                var (x, y) = (Math.Clamp((int)(u * canvas.Height), 0, canvas.Width - 1), Math.Clamp((int)(v * canvas.Height), 0, canvas.Height - 1));
                return Noise.Fractal((u * scale) + (2.2f * first.At(x, y)), (v * scale) + (2.2f * second.At(x, y)), 5, seed + 40);
            }
        );
        canvas.Paint(
            (x, y, u, v) =>
            {
                var value = folded.At(x, y);
                var slope = folded.At(Math.Min(x + 2, canvas.Width - 1), y) - value + folded.At(x, Math.Min(y + 2, canvas.Height - 1)) - value;
                var vein = MathF.Pow(MathF.Abs(MathF.Sin((value * veins * MathF.PI) + (first.At(x, y) * 2))), 0.6f);
                var shine = Math.Clamp(slope * 26, -0.16f, 0.28f);
                return palette.At((0.12f + (0.75f * (0.5f + (value * 0.9f))) * (0.45f + (0.55f * vein))) + shine);
            }
        );
    }

    public static void Poster(Canvas canvas, Dice dice, Palette palette)
    {
        var isDark = dice.Chance(0.35f);
        var (paper, rows, seed) = (
            isDark ? palette.At(0.04f) : palette.At(0.97f),
            2 + dice.Below(3) + (canvas.Aspect < 1 ? 1 : 0),
            dice.Below(10000)
        );
        var columns = Math.Max(1, (int)MathF.Round(canvas.Aspect * rows));
        var tiles = new (int Kind, int Turn, Rgb Front, Rgb Back)[columns * rows];
        for (var i = 0; i < tiles.Length; i++)
        {
            var back = dice.Chance(0.3f) ? paper : palette.At(dice.Pick([0.02f, 0.28f, 0.5f, 0.76f, 0.95f]));
            var front = palette.At(dice.Pick([0.02f, 0.25f, 0.5f, 0.74f, 0.97f]));
            tiles[i] = (dice.Below(7), dice.Below(4), front, back);
        }

        canvas.Paint(
            (x, y, u, v) =>
            {
                var (px, py) = (u / canvas.Aspect * columns, v * rows);
                var tile = tiles[(Math.Min((int)py, rows - 1) * columns) + Math.Min((int)px, columns - 1)];
                var (tx, ty) = Turned((px % 1) - 0.5f, (py % 1) - 0.5f, tile.Turn);
                var soft = canvas.Pixel * rows * 1.2f;
                return tile.Back.Mix(tile.Front, Noise.Step(soft, -soft, Shape(tile.Kind, tx, ty))) * (0.98f + (0.03f * Hash.At(x, y, seed)));
            }
        );
    }

    public static void Arcs(Canvas canvas, Dice dice, Palette palette)
    {
        var (seed, cells, lines) = (dice.Below(10000), dice.Between(4, 8), 2 + dice.Below(3));
        canvas.Paint(
            (x, y, u, v) =>
            {
                var (cx, cy) = ((int)(u * cells), (int)(v * cells));
                var (fx, fy) = ((u * cells) - cx, (v * cells) - cy);
                if (Hash.At(cx, cy, seed) < 0.5f)
                    fx = 1 - fx;
                var isFirst = (fx * fx) + (fy * fy) < ((1 - fx) * (1 - fx)) + ((1 - fy) * (1 - fy));
                var radius = isFirst ? MathF.Sqrt((fx * fx) + (fy * fy)) : MathF.Sqrt(((1 - fx) * (1 - fx)) + ((1 - fy) * (1 - fy)));
                var within = (radius - 0.5f) * 2.3f;
                var wave = MathF.Abs(((MathF.Abs(within) * lines) % 1) - 0.5f) * 2;
                var line =
                    MathF.Abs(within) > 0.92f
                        ? 0
                        : Noise.Step(0.5f - (canvas.Pixel * cells * lines * 2), 0.5f + (canvas.Pixel * cells * lines * 2), wave);
                var ground = palette.At(0.06f + (0.16f * v));
                return ground.Mix(palette.At(0.38f + (0.58f * (0.5f + (0.5f * Noise.At(u * 1.3f, v * 1.3f, seed + 4))))), line);
            }
        );
    }

    private static (float Near, float Second, int Column, int Row, float X, float Y) Nearest(float x, float y, int seed)
    {
        var (cellX, cellY) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (near, second, column, row, sx, sy) = (9f, 9f, 0, 0, 0f, 0f);
        for (var j = cellY - 1; j <= cellY + 1; j++)
        {
            for (var i = cellX - 1; i <= cellX + 1; i++)
            {
                var (dx, dy) = (i + 0.1f + (0.8f * Hash.At(i, j, seed)) - x, j + 0.1f + (0.8f * Hash.At(i, j, seed + 1)) - y);
                var distance = MathF.Sqrt((dx * dx) + (dy * dy));
                if (distance < near)
                    (second, near, column, row, sx, sy) = (near, distance, i, j, dx, dy);
                else if (distance < second)
                    second = distance;
            }
        }

        return (near, second, column, row, sx, sy);
    }

    // Signed distance, negative inside; the tile is 1 wide.
    private static float Shape(int kind, float x, float y) =>
        kind switch
        {
            0 => MathF.Sqrt((x * x) + (y * y)) - 0.42f,
            1 => MathF.Max(MathF.Sqrt((x * x) + ((y - 0.5f) * (y - 0.5f))) - 0.5f, -y - 0.5f),
            2 => MathF.Sqrt(((x + 0.5f) * (x + 0.5f)) + ((y + 0.5f) * (y + 0.5f))) - 1,
            3 => (x + y) * 0.7f,
            4 => MathF.Abs(MathF.Sqrt(((x + 0.5f) * (x + 0.5f)) + ((y + 0.5f) * (y + 0.5f))) - 0.66f) - 0.17f,
            5 => (MathF.Abs((((x + 0.5f) * 4) % 1) - 0.5f) - 0.25f) / 4,
            _ => MathF.Abs(MathF.Sqrt((x * x) + (y * y)) - 0.32f) - 0.1f,
        };

    private static (float X, float Y) Turned(float x, float y, int quarters) =>
        quarters switch
        {
            0 => (x, y),
            1 => (-y, x),
            2 => (-x, -y),
            _ => (y, -x),
        };
}
