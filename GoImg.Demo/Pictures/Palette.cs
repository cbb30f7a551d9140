using System.Globalization;

namespace GoImg.Demo.Pictures;

/// <summary>A colour, 0 to 1 a channel, sRGB.</summary>
internal readonly record struct Rgb(float R, float G, float B)
{
    public static readonly Rgb White = new(1, 1, 1);
    public static readonly Rgb Black = new(0, 0, 0);

    public static Rgb Hex(string hex)
    {
        var value = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new((value >> 16) / 255f, ((value >> 8) & 255) / 255f, (value & 255) / 255f);
    }

    public static Rgb operator *(Rgb c, float by) => new(c.R * by, c.G * by, c.B * by);

    public static Rgb operator +(Rgb a, Rgb b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public Rgb Mix(Rgb other, float t) => new(R + ((other.R - R) * t), G + ((other.G - G) * t), B + ((other.B - B) * t));
}

/// <summary>Five colours from dark to light that go together, and every shade between, mixed in OKLab so that no mixture turns grey (Ottosson 2020).</summary>
internal sealed class Palette
{
    private const int Shades = 512;

    public static readonly IReadOnlyList<Palette> All =
    [
        new("at dawn", "1b2a49 5d5f8d d58a94 f6c89f fff1d6"),
        new("in sea green", "03263d 0b5563 2a8f8f 8fd0b9 f3f1d5"),
        new("in ember red", "1a0f1f 5b1a2e b8392f ef8a3c ffe0a1"),
        new("in moss green", "14231c 2f4f3a 6b8f4e b9c46e f3edc4"),
        new("at dusk", "141a3c 3b2c6b 8a4a9e e07fa0 ffd3b8"),
        new("in ice blue", "0e2233 23506e 5d97b5 b4d9e4 f6fbfb"),
        new("in clay", "2b1b17 6e3b2a b56b45 e3ad7b f8e6cf"),
        new("in ink", "0c0d12 2a3040 5b6375 a9b1bf f2f2ee"),
        new("in rose", "3a1029 84244f d1567a f3a4a4 fdebdc"),
        new("in citrus", "17324a 1f7a6b 8cc152 f6d246 fdf3d0"),
        new("in lilac", "1d1838 4a3f86 8f82c9 cdbfe8 f7f2fb"),
        new("in copper and teal", "06222b 10566b 3fa0a0 f2b25c f9e7c8"),
    ];

    private readonly Rgb[] _shades = new Rgb[Shades + 1];

    private Palette(string words, string colors)
    {
        Words = words;
        var stops = colors.Split(' ').Select(hex => ToLab(Rgb.Hex(hex))).ToArray();
        for (var i = 0; i <= Shades; i++)
        {
            var at = i / (float)Shades * (stops.Length - 1);
            var stop = Math.Min((int)at, stops.Length - 2);
            _shades[i] = FromLab(stops[stop].Mix(stops[stop + 1], at - stop));
        }
    }

    /// <summary>How it reads in a sentence.</summary>
    public string Words { get; }

    /// <summary>0 is the darkest, 1 the lightest.</summary>
    public Rgb At(float t) => _shades[(int)(Math.Clamp(t, 0, 1) * Shades)];

    private static Rgb ToLab(Rgb c)
    {
        var (r, g, b) = (Linear(c.R), Linear(c.G), Linear(c.B));
        var l = MathF.Cbrt((0.41222147f * r) + (0.53633254f * g) + (0.05144599f * b));
        var m = MathF.Cbrt((0.21190350f * r) + (0.68069955f * g) + (0.10739696f * b));
        var s = MathF.Cbrt((0.08830246f * r) + (0.28171884f * g) + (0.62997870f * b));
        return new(
            (0.21045426f * l) + (0.79361779f * m) - (0.00407205f * s),
            (1.97799850f * l) - (2.42859221f * m) + (0.45059371f * s),
            (0.02590404f * l) + (0.78277177f * m) - (0.80867577f * s)
        );
    }

    private static Rgb FromLab(Rgb lab)
    {
        var l = Cube(lab.R + (0.39633778f * lab.G) + (0.21580376f * lab.B));
        var m = Cube(lab.R - (0.10556135f * lab.G) - (0.06385417f * lab.B));
        var s = Cube(lab.R - (0.08948418f * lab.G) - (1.29148555f * lab.B));
        return new(
            Gamma((4.07674166f * l) - (3.30771159f * m) + (0.23096993f * s)),
            Gamma((-1.26843800f * l) + (2.60975740f * m) - (0.34131940f * s)),
            Gamma((-0.00419609f * l) - (0.70341861f * m) + (1.70761470f * s))
        );
    }

    private static float Cube(float x) => x * x * x;

    private static float Linear(float c) => c <= 0.04045f ? c / 12.92f : MathF.Pow((c + 0.055f) / 1.055f, 2.4f);

    private static float Gamma(float c) => Math.Clamp(c <= 0.0031308f ? c * 12.92f : (1.055f * MathF.Pow(c, 1 / 2.4f)) - 0.055f, 0, 1);
}
