using System.Buffers.Binary;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>The little GoImg asks of a colour profile (ICC.1). It is a stranger's: whatever cannot be read is answered with no.</summary>
internal static class IccProfile
{
    private const int HeaderBytes = 128;
    private const int MaxTags = 100;

    // primaries of sRGB adapted to D50 as profiles have them, in s15Fixed16; makers round differently
    private const int Near = 250;

    private static readonly (string Tag, int X, int Y, int Z)[] Primaries =
    [
        ("rXYZ", 28578, 14581, 912),
        ("gXYZ", 25241, 46981, 6362),
        ("bXYZ", 9376, 3971, 46799),
    ];

    /// <summary>The kind of numbers it describes, as in <c>RGB </c>; empty when it is too short to be a profile.</summary>
    public static ReadOnlySpan<byte> Space(ReadOnlySpan<byte> profile) => profile.Length >= HeaderBytes + 4 ? profile[16..20] : default;

    /// <summary>Whether its numbers are sRGB's, so that nothing has to be computed. Decided by primaries and curve: names lie,
    /// and "sRGB" also stands in the name of its linear sibling.</summary>
    public static bool IsSrgb(ReadOnlySpan<byte> profile)
    {
        if (!Space(profile).SequenceEqual("RGB "u8) || !Find(profile, "A2B0").IsEmpty)
            return false;

        foreach (var (tag, x, y, z) in Primaries)
        {
            var primary = Find(profile, tag);
            if (primary.Length < 20 || !IsNear(primary[8..], x) || !IsNear(primary[12..], y) || !IsNear(primary[16..], z))
                return false;
        }

        return IsSrgbCurve(Find(profile, "rTRC")) && IsSrgbCurve(Find(profile, "gTRC")) && IsSrgbCurve(Find(profile, "bTRC"));
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> profile, string tag)
    {
        Span<byte> name = stackalloc byte[4];
        System.Text.Encoding.ASCII.GetBytes(tag, name);
        var count = BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderBytes..]);
        for (var i = 0; i < Math.Min(count, MaxTags); i++)
        {
            var at = HeaderBytes + 4 + i * 12;
            if (at + 12 > profile.Length)
                return default;
            var (start, length) = (
                BinaryPrimitives.ReadUInt32BigEndian(profile[(at + 4)..]),
                BinaryPrimitives.ReadUInt32BigEndian(profile[(at + 8)..])
            );
            if (profile.Slice(at, 4).SequenceEqual(name))
                return (ulong)start + length <= (ulong)profile.Length ? profile.Slice((int)start, (int)length) : default;
        }

        return default;
    }

    /// <summary>sRGB's curve takes a half to 0.214, a quarter to 0.0508; as a table, or as the formula itself.</summary>
    private static bool IsSrgbCurve(ReadOnlySpan<byte> curve)
    {
        if (curve.Length < 12)
            return false;
        if (curve.StartsWith("para"u8))
            return IsSrgbFormula(curve);

        var entries = BinaryPrimitives.ReadUInt32BigEndian(curve[8..]);
        return curve.StartsWith("curv"u8)
            && entries is >= 16 and <= 65_536
            && 12 + entries * 2 <= (uint)curve.Length
            && IsValue(curve, entries, 0.5, 0.2140)
            && IsValue(curve, entries, 0.25, 0.0508);
    }

    private static bool IsValue(ReadOnlySpan<byte> curve, uint entries, double input, double expected)
    {
        var at = 12 + (int)Math.Round(input * (entries - 1)) * 2;
        var exact = Math.Round(input * (entries - 1)) / (entries - 1) - input;
        // the table has no entry at the very place; the slope there is about 1
        return Math.Abs(BinaryPrimitives.ReadUInt16BigEndian(curve[at..]) / 65535.0 - expected) < 0.004 + Math.Abs(exact);
    }

    private static bool IsSrgbFormula(ReadOnlySpan<byte> curve)
    {
        // types 3 and 4 begin with g, a, b, c, d of ICC.1:2022, 10.18
        if (BinaryPrimitives.ReadUInt16BigEndian(curve[8..]) is not (3 or 4) || curve.Length < 12 + 5 * 4)
            return false;

        ReadOnlySpan<double> expected = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
        for (var i = 0; i < expected.Length; i++)
            if (Math.Abs(BinaryPrimitives.ReadInt32BigEndian(curve[(12 + i * 4)..]) / 65536.0 - expected[i]) > 0.002)
                return false;

        return true;
    }

    private static bool IsNear(ReadOnlySpan<byte> number, int expected) =>
        Math.Abs((long)BinaryPrimitives.ReadInt32BigEndian(number) - expected) <= Near;
}
