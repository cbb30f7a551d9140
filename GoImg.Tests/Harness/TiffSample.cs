using System.Buffers.Binary;

namespace GoImg.Tests.Harness;

/// <summary>Uncompressed TIFFs of one strip, big-endian.</summary>
internal static class TiffSample
{
    // TIFF 6.0, photometric interpretation
    private const byte Rgb = 2;
    private const byte Separated = 5;

    public static byte[] Create(int width, int height, Func<int, int, (byte R, byte G, byte B)> colour, int orientation, bool withMetadata) =>
        Create(width, height, bits: 8, Rgb, (x, y) => colour(x, y) is var (r, g, b) ? [r, g, b] : [], orientation, withMetadata);

    /// <summary>Two bytes a channel.</summary>
    public static byte[] Deep(int width, int height, Func<int, int, ushort[]> colour) =>
        Create(width, height, bits: 16, Rgb, (x, y) => [.. colour(x, y).SelectMany(v => new[] { (byte)(v >> 8), (byte)v })], 1, false);

    /// <summary>Inks as printers have them, without a profile.</summary>
    public static byte[] Cmyk(int width, int height, Func<int, int, byte[]> inks) => Create(width, height, bits: 8, Separated, inks, 1, false);

    /// <summary>Any directory: tag, type, count and value as they are given, behind <paramref name="data"/>, which lies at 8.</summary>
    public static byte[] Raw(byte[] data, uint next, params (ushort Tag, ushort Type, uint Count, uint Value)[] tags) =>
        [
            .. "MM\0*"u8,
            .. Number(8 + data.Length),
            .. data,
            (byte)(tags.Length >> 8),
            (byte)tags.Length,
            .. tags.SelectMany(t =>
                (byte[])[(byte)(t.Tag >> 8), (byte)t.Tag, (byte)(t.Type >> 8), (byte)t.Type, .. Number((int)t.Count), .. Number((int)t.Value)]
            ),
            .. Number((int)next),
        ];

    private static byte[] Create(int width, int height, byte bits, byte photometric, Func<int, int, byte[]> pixel, int orientation, bool withMetadata)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).SelectMany(i => pixel(i % width, i / width))];
        var samples = pixel(0, 0).Length * 8 / bits;
        var tags = new List<(ushort Tag, ushort Type, byte[] Value)>
        {
            (256, 4, Number(width)),
            (257, 4, Number(height)),
            (258, 3, [.. Enumerable.Repeat(new byte[] { 0, bits }, samples).SelectMany(b => b)]),
            (259, 3, [0, 1]),
            (262, 3, [0, photometric]),
            (273, 4, Number(8)),
            (274, 3, [0, (byte)orientation]),
            (277, 3, [0, (byte)samples]),
            (278, 4, Number(height)),
            (279, 4, Number(pixels.Length)),
        };
        if (withMetadata)
        {
            tags.Insert(5, (271, 2, [.. MetadataSample.Canary, 0]));
            tags.Add((700, 1, MetadataSample.Xmp));
            tags.Add((33723, 7, MetadataSample.Iptc));
        }

        var directoryAt = 8 + pixels.Length + (pixels.Length & 1);
        var valuesAt = directoryAt + 2 + tags.Count * 12 + 4;
        var (directory, values) = (new List<byte>(), new List<byte>());
        foreach (var (tag, type, value) in tags)
        {
            var count =
                value.Length
                / (
                    type switch
                    {
                        3 => 2,
                        4 => 4,
                        _ => 1,
                    }
                );
            directory.AddRange([(byte)(tag >> 8), (byte)tag, 0, (byte)type, .. Number(count)]);
            directory.AddRange(value.Length <= 4 ? [.. value, .. new byte[4 - value.Length]] : Number(valuesAt + values.Count));
            if (value.Length > 4)
                values.AddRange([.. value, .. new byte[value.Length & 1]]);
        }

        return
        [
            .. "MM\0*"u8,
            .. Number(directoryAt),
            .. pixels,
            .. new byte[pixels.Length & 1],
            0,
            (byte)tags.Count,
            .. directory,
            0,
            0,
            0,
            0,
            .. values,
        ];
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
