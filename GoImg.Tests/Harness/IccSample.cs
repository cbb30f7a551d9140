using System.Buffers.Binary;
using System.Text;

namespace GoImg.Tests.Harness;

/// <summary>A colour space of three primaries (adapted to D50) and one curve, as an ICC profile and as arithmetic: what a profile's
/// numbers ought to become can be computed here without any colour library.</summary>
public sealed class IccSample
{
    /// <summary>IEC 61966-2-1.</summary>
    public static readonly IccSample Srgb = new(
        [0.436066, 0.222488, 0.013916],
        [0.385147, 0.716873, 0.097076],
        [0.143066, 0.060608, 0.714096],
        SrgbToLinear
    );

    /// <summary>Phones' wide gamut: the primaries of DCI-P3 with sRGB's curve.</summary>
    public static readonly IccSample DisplayP3 = new(
        [0.515102, 0.241182, -0.001049],
        [0.291965, 0.692236, 0.041882],
        [0.157153, 0.066580, 0.784378],
        SrgbToLinear
    );

    /// <summary>Cameras' wide gamut.</summary>
    public static readonly IccSample AdobeRgb = new(
        [0.609741, 0.311111, 0.019470],
        [0.205276, 0.625671, 0.060867],
        [0.149185, 0.063217, 0.744568],
        value => Math.Pow(value, 563 / 256.0)
    );

    /// <summary>sRGB's primaries without its curve: whoever takes it for sRGB shows a picture far too dark.</summary>
    public static readonly IccSample LinearSrgb = new(
        [0.436066, 0.222488, 0.013916],
        [0.385147, 0.716873, 0.097076],
        [0.143066, 0.060608, 0.714096],
        value => value
    );

    private const int CurveEntries = 1024;
    private readonly double[][] _primaries;
    private readonly Func<double, double> _toLinear;

    private IccSample(double[] red, double[] green, double[] blue, Func<double, double> toLinear) =>
        (_primaries, _toLinear) = ([red, green, blue], toLinear);

    /// <summary>The numbers, 0 to 1, that show this sRGB colour in this space.</summary>
    public double[] Encode((byte R, byte G, byte B) srgb)
    {
        double[] linear = [SrgbToLinear(srgb.R / 255.0), SrgbToLinear(srgb.G / 255.0), SrgbToLinear(srgb.B / 255.0)];
        double[] xyz = [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(k => Srgb._primaries[k][row] * linear[k]))];
        return [.. Solve(xyz).Select(value => FromLinear(Math.Clamp(value, 0, 1)))];
    }

    /// <summary>ICC.1:2001-04 (version 2), a matrix profile of a display.</summary>
    public byte[] Profile(string description = "a test's space")
    {
        var curve = new byte[12 + CurveEntries * 2];
        Write(curve, 0, "curv"u8, 0, CurveEntries);
        for (var i = 0; i < CurveEntries; i++)
            BinaryPrimitives.WriteUInt16BigEndian(curve.AsSpan(12 + i * 2), (ushort)Math.Round(_toLinear(i / (CurveEntries - 1.0)) * 65535));

        byte[] text = [.. Encoding.ASCII.GetBytes(description), 0];
        byte[] name = [.. "desc\0\0\0\0"u8, .. Number(text.Length), .. text, .. new byte[78 + 3]];
        (string Name, byte[] Data)[] tags =
        [
            ("desc", Pad(name)),
            ("cprt", Pad([.. "text\0\0\0\0public domain\0"u8])),
            ("wtpt", Xyz([0.9642, 1, 0.8249])),
            ("rXYZ", Xyz(_primaries[0])),
            ("gXYZ", Xyz(_primaries[1])),
            ("bXYZ", Xyz(_primaries[2])),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        ];
        var (directory, data) = (new List<byte>(Number(tags.Length)), new List<byte>());
        var start = 128 + 4 + tags.Length * 12;
        foreach (var (tag, bytes) in tags)
        {
            directory.AddRange([.. Encoding.ASCII.GetBytes(tag), .. Number(start + data.Count), .. Number(bytes.Length)]);
            data.AddRange(bytes);
        }

        var header = new byte[128];
        Write(header, 0, "\0\0\0\0"u8);
        BinaryPrimitives.WriteInt32BigEndian(header, start + data.Count);
        header[8] = 2;
        header[9] = 0x10;
        "mntrRGB XYZ "u8.CopyTo(header.AsSpan(12));
        "acsp"u8.CopyTo(header.AsSpan(36));
        Xyz([0.9642, 1, 0.8249]).AsSpan(8).CopyTo(header.AsSpan(68));
        return [.. header, .. directory, .. data];
    }

    private static double SrgbToLinear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    /// <summary>The curve's inverse by halving: it rises from 0 to 1.</summary>
    private double FromLinear(double linear)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = _toLinear(middle) < linear ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>How much of each primary makes the colour (Cramer's rule).</summary>
    private double[] Solve(double[] xyz)
    {
        var whole = Determinant(_primaries[0], _primaries[1], _primaries[2]);
        return
        [
            Determinant(xyz, _primaries[1], _primaries[2]) / whole,
            Determinant(_primaries[0], xyz, _primaries[2]) / whole,
            Determinant(_primaries[0], _primaries[1], xyz) / whole,
        ];
    }

    private static double Determinant(double[] a, double[] b, double[] c) =>
        a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1]);

    private static byte[] Xyz(double[] values) => [.. "XYZ \0\0\0\0"u8, .. values.SelectMany(v => Number((int)Math.Round(v * 65536)))];

    private static byte[] Pad(byte[] bytes) => [.. bytes, .. new byte[-bytes.Length & 3]];

    private static void Write(byte[] target, int at, ReadOnlySpan<byte> name, params int[] numbers)
    {
        name.CopyTo(target.AsSpan(at));
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(target.AsSpan(at + name.Length + i * 4), numbers[i]);
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
