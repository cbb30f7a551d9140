using System.Buffers.Binary;
using System.Text;

namespace GoImg.Tests.Harness;

/// <summary>Metadata as cameras and programs write it, each piece with <see cref="Samples.Canary"/> in it.</summary>
internal static class MetadataSample
{
    public static byte[] Xmp =>
        [
            .. Encoding.UTF8.GetBytes(
                $"<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description exif:GPSLatitude='51,30N' photoshop:City='{Samples.Canary}'/></rdf:RDF></x:xmpmeta>"
            ),
        ];

    /// <summary>51° 30' as EXIF writes it; GPS in binary carries no name to look for.</summary>
    public static byte[] Degrees => [51, 0, 0, 0, 1, 0, 0, 0, 30, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];

    public static byte[] Iptc =>
        [
            .. "Photoshop 3.0\0"u8,
            .. "8BIM"u8,
            4,
            4,
            0,
            0,
            0,
            0,
            0,
            (byte)(5 + Samples.Canary.Length),
            0x1C,
            2,
            120,
            0,
            (byte)Samples.Canary.Length,
            .. Canary,
        ];

    /// <summary>TIFF structure with maker, orientation, serial number, maker note and place, little-endian.</summary>
    public static byte[] Exif(int orientation, bool withCanary)
    {
        var entries = new List<(int Tag, int Type, byte[] Value)> { (0x0112, 3, [(byte)orientation, 0]) };
        if (!withCanary)
            return Directory(8, entries);

        entries.Insert(0, (0x010F, 2, [.. Canary, 0]));
        const int SubAt = 512;
        const int GpsAt = 1024;
        entries.Add((0x8769, 4, [SubAt & 255, SubAt >> 8, 0, 0]));
        entries.Add((0x8825, 4, [GpsAt & 255, GpsAt >> 8, 0, 0]));
        var block = new byte[1400];
        Directory(8, entries).CopyTo(block, 0);
        Directory(SubAt, [(0x927C, 7, [.. Canary]), (0xA431, 2, [.. Canary, 0])]).AsSpan(8).CopyTo(block.AsSpan(SubAt));
        Directory(GpsAt, [(1, 2, [(byte)'N', 0]), (2, 5, Degrees), (3, 2, [(byte)'W', 0]), (4, 5, Degrees)]).AsSpan(8).CopyTo(block.AsSpan(GpsAt));
        return block;
    }

    public static byte[][] JpegSegments(int orientation, bool withCanary)
    {
        var exif = Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(orientation, withCanary)]);
        return withCanary
            ? [exif, Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Xmp]), Segment(0xED, Iptc), Segment(0xFE, Canary)]
            : [exif];
    }

    public static byte[] Canary => Encoding.ASCII.GetBytes(Samples.Canary);

    private static byte[] Segment(byte marker, byte[] data)
    {
        var segment = new List<byte>();
        JpegSample.Segment(segment, marker, data);
        return [.. segment];
    }

    /// <summary>Header of 8 bytes, then one directory whose long values lie behind it as seen from <paramref name="at"/>.</summary>
    private static byte[] Directory(int at, List<(int Tag, int Type, byte[] Value)> entries)
    {
        var file = new List<byte> { (byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, (byte)entries.Count, 0 };
        var values = new List<byte>();
        var valuesAt = at + 2 + entries.Count * 12 + 4;
        Span<byte> entry = stackalloc byte[12];
        foreach (var (tag, type, value) in entries)
        {
            entry.Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)type);
            BinaryPrimitives.WriteInt32LittleEndian(
                entry[4..],
                type switch
                {
                    3 => value.Length / 2,
                    4 => value.Length / 4,
                    5 => value.Length / 8,
                    _ => value.Length,
                }
            );
            if (value.Length <= 4)
            {
                value.CopyTo(entry[8..]);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(entry[8..], valuesAt + values.Count);
                values.AddRange(value);
            }

            file.AddRange(entry);
        }

        return [.. file, 0, 0, 0, 0, .. values];
    }
}
