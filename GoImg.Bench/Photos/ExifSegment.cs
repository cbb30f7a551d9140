using System.Buffers.Binary;

namespace GoImg.Bench.Photos;

/// <summary>What a camera writes beside the picture: orientation and position, as an APP1 segment.</summary>
internal static class ExifSegment
{
    public const string Maker = "GOIMG-BENCH-CAMERA";

    /// <summary>The same JPEG with EXIF of that orientation, GPS and XMP directly behind its first mark.</summary>
    public static byte[] Insert(byte[] jpeg, int orientation)
    {
        byte[] maker = [.. System.Text.Encoding.ASCII.GetBytes(Maker), 0];
        byte[] tiff =
        [
            .. "MM\0*\0\0\0\x08"u8,
            0,
            3,
            .. Entry(0x010F, 2, maker.Length, 200),
            .. Entry(0x0112, 3, 1, orientation << 16),
            .. Entry(0x8825, 4, 1, 100),
            0,
            0,
            0,
            0,
        ];
        byte[] gps = [0, 2, .. Entry(1, 2, 2, 'N' << 24), .. Entry(2, 5, 3, 160), 0, 0, 0, 0];
        byte[] degrees = [0, 0, 0, 51, 0, 0, 0, 1, 0, 0, 0, 30, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1];
        var exif = new byte[230];
        tiff.CopyTo(exif, 0);
        gps.CopyTo(exif, 100);
        degrees.CopyTo(exif, 160);
        maker.CopyTo(exif, 200);
        byte[] xmp = [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:RDF>"u8, .. maker, .. "</rdf:RDF></x:xmpmeta>"u8];
        return [.. jpeg[..2], .. Segment([.. "Exif\0\0"u8, .. exif]), .. Segment(xmp), .. jpeg[2..]];
    }

    private static byte[] Entry(int tag, int type, int count, int value)
    {
        var entry = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(entry, (ushort)tag);
        BinaryPrimitives.WriteUInt16BigEndian(entry.AsSpan(2), (ushort)type);
        BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(8), value);
        return entry;
    }

    private static byte[] Segment(byte[] data) => [0xFF, 0xE1, (byte)(data.Length + 2 >> 8), (byte)(data.Length + 2), .. data];
}
