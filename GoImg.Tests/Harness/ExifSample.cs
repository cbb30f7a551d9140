using System.Buffers.Binary;
using System.Text;

namespace GoImg.Tests.Harness;

/// <summary>EXIF as a camera writes it, big-endian, with the values of one known picture.</summary>
internal static class ExifSample
{
    private const int SubAt = 300;
    private const int PlaceAt = 900;

    /// <summary>FUJIFILM X-T5, 14 July 2023, 14:05:06 at +02:00, 1/250 s, f/2.8, ISO 400, 35 mm (53), 48.2° N 16.37° E, with serial numbers.</summary>
    public static byte[] Full { get; } = Create(zone: "+02:00");

    public static byte[] WithoutZone { get; } = Create(zone: null);

    public const string Xmp =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:tiff='http://ns.adobe.com/tiff/1.0/' xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:aux='http://ns.adobe.com/exif/1.0/aux/' tiff:Make='Canon' tiff:Model='Canon EOS R5' aux:Lens='RF24-70mm' exif:ExposureTime='1/60' exif:FNumber='56/10' exif:DateTimeOriginal='2021-01-02T03:04:05-05:00' exif:GPSLatitude='51,30.0N' exif:GPSLongitude='0,7.2W'><exif:ISOSpeedRatings><rdf:Seq><rdf:li>200</rdf:li></rdf:Seq></exif:ISOSpeedRatings></rdf:Description></rdf:RDF></x:xmpmeta>";

    private static byte[] Create(string? zone)
    {
        var block = new byte[1200];
        Write(block, 8, [Text(0x010F, "FUJIFILM"), Text(0x0110, "X-T5"), Long(0x8769, SubAt), Long(0x8825, PlaceAt)]);
        "MM\0*"u8.CopyTo(block);
        block[7] = 8;
        List<(int, int, byte[])> sub =
        [
            Fraction(0x829A, (1, 250)),
            Fraction(0x829D, (28, 10)),
            (0x8827, 3, [400 >> 8, 400 & 255]),
            Text(0x9003, "2023:07:14 14:05:06"),
            Fraction(0x920A, (35, 1)),
            (0xA405, 3, [0, 53]),
            Text(0xA431, "SERIAL-4711"),
            Text(0xA434, "XF35mmF1.4 R"),
        ];
        if (zone is not null)
            sub.Insert(4, Text(0x9011, zone));
        Write(block, SubAt, sub);
        Write(
            block,
            PlaceAt,
            [Text(1, "N"), Fraction(2, (48, 1), (12, 1), (0, 1)), Text(3, "E"), Fraction(4, (16, 1), (22, 1), (12, 1)), Fraction(6, (171, 1))]
        );
        return block;
    }

    private static (int, int, byte[]) Text(int tag, string text) => (tag, 2, [.. Encoding.ASCII.GetBytes(text), 0]);

    private static (int, int, byte[]) Long(int tag, int value) => (tag, 4, Bytes(value));

    private static (int, int, byte[]) Fraction(int tag, params (int Above, int Below)[] values) =>
        (tag, 5, [.. values.SelectMany(v => (byte[])[.. Bytes(v.Above), .. Bytes(v.Below)])]);

    private static void Write(byte[] block, int at, List<(int Tag, int Type, byte[] Value)> entries)
    {
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(at), (ushort)entries.Count);
        var (next, values) = (at + 2, at + 2 + entries.Count * 12 + 4);
        foreach (var (tag, type, value) in entries)
        {
            var size = type switch
            {
                2 => 1,
                3 => 2,
                4 => 4,
                _ => 8,
            };
            BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(next), (ushort)tag);
            BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(next + 2), (ushort)type);
            BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(next + 4), value.Length / size);
            if (value.Length > 4)
            {
                BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(next + 8), values);
                value.CopyTo(block, values);
                values += value.Length;
            }
            else
            {
                value.CopyTo(block, next + 8);
            }

            next += 12;
        }
    }

    private static byte[] Bytes(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
