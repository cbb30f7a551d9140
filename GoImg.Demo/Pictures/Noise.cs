namespace GoImg.Demo.Pictures;

/// <summary>Smooth chance over the plane, in −1 to 1 (gradient noise after Perlin, with a quintic fade).</summary>
internal static class Noise
{
    public static float At(float x, float y, int seed)
    {
        var (cellX, cellY) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (fx, fy) = (x - cellX, y - cellY);
        var (u, v) = (Fade(fx), Fade(fy));
        var top = Mix(Slope(cellX, cellY, fx, fy, seed), Slope(cellX + 1, cellY, fx - 1, fy, seed), u);
        var bottom = Mix(Slope(cellX, cellY + 1, fx, fy - 1, seed), Slope(cellX + 1, cellY + 1, fx - 1, fy - 1, seed), u);
        return Mix(top, bottom, v) * 1.4f;
    }

    /// <summary>Octaves laid over each other, each twice as fine and about half as strong: clouds, terrain.</summary>
    public static float Fractal(float x, float y, int octaves, int seed, float gain = 0.5f)
    {
        var (sum, strength, total) = (0f, 1f, 0f);
        for (var i = 0; i < octaves; i++)
        {
            sum += strength * At(x, y, seed + i);
            total += strength;
            strength *= gain;
            // Turned between octaves, or the grid shows.
            (x, y) = ((1.6f * x) + (1.2f * y) + 5.2f, (-1.2f * x) + (1.6f * y) + 1.3f);
        }

        return sum / total;
    }

    /// <summary>Sharp crests: mountains.</summary>
    public static float Ridged(float x, float y, int octaves, int seed) => 1 - (2 * MathF.Abs(Fractal(x, y, octaves, seed)));

    public static float Mix(float a, float b, float t) => a + ((b - a) * t);

    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth between.</summary>
    public static float Step(float from, float to, float x)
    {
        var t = Math.Clamp((x - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    private static float Fade(float t) => t * t * t * ((t * ((t * 6) - 15)) + 10);

    private static float Slope(int x, int y, float dx, float dy, int seed)
    {
        var (sin, cos) = Directions[(int)(Hash.At(x, y, seed) * 64) & 63];
        return (cos * dx) + (sin * dy);
    }

    private static readonly (float Sin, float Cos)[] Directions = [.. Enumerable.Range(0, 64).Select(i => MathF.SinCos(i * MathF.Tau / 64))];
}

/// <summary>An expensive function of the plane, asked at every fourth pixel and smoothed between.</summary>
internal sealed class Field
{
    private const int Spacing = 4;
    private readonly float[] _values;
    private readonly int _columns;

    public Field(Canvas canvas, Func<float, float, float> at)
    {
        _columns = (canvas.Width / Spacing) + 2;
        var rows = (canvas.Height / Spacing) + 2;
        _values = new float[_columns * rows];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < _columns; column++)
                _values[(row * _columns) + column] = at(column * Spacing / (float)canvas.Height, row * Spacing / (float)canvas.Height);
        }
    }

    public float At(int x, int y)
    {
        var at = (y / Spacing * _columns) + (x / Spacing);
        var (fx, fy) = (x % Spacing / (float)Spacing, y % Spacing / (float)Spacing);
        return Noise.Mix(Noise.Mix(_values[at], _values[at + 1], fx), Noise.Mix(_values[at + _columns], _values[at + _columns + 1], fx), fy);
    }
}
