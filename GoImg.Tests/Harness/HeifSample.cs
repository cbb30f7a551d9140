using System.Buffers.Binary;
using System.Text;

namespace GoImg.Tests.Harness;

internal static class HeifSample
{
    private const int PictureBytes = 64;

    public static byte[] Create(int width, int height, string codec, int? turnsLeft)
    {
        var brand = codec == "av01" ? "avif" : "heic";
        var type = Box("ftyp", [.. Text(brand), 0, 0, 0, 0, .. Text("mif1"), .. Text(brand)]);
        byte[][] properties = turnsLeft is { } turns ? [Size(width, height), Box("irot", [(byte)turns])] : [Size(width, height)];
        var meta = Meta(codec, properties, pictureAt: 0);
        meta = Meta(codec, properties, pictureAt: type.Length + meta.Length + 8);
        return [.. type, .. meta, .. Box("mdat", new byte[PictureBytes])];
    }

    /// <summary>A HEIC with boxes of its description replaced by others of that name, or added; fitting or not.</summary>
    public static byte[] With(params byte[][] boxes)
    {
        var meta = Meta("hvc1", [Size(64, 48)], pictureAt: 0)[12..];
        var given = boxes.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        for (var at = 0; at < meta.Length; )
        {
            var box = meta[at..(at + BinaryPrimitives.ReadInt32BigEndian(meta.AsSpan(at)))];
            if (!given.Contains(NameOf(box)))
                boxes = [.. boxes, box];
            at += box.Length;
        }

        return
        [
            .. Box("ftyp", [.. Text("heic"), 0, 0, 0, 0, .. Text("mif1")]),
            .. Box("meta", [0, 0, 0, 0, .. boxes.SelectMany(b => b)]),
            .. Box("mdat", new byte[PictureBytes]),
        ];
    }

    private static byte[] Meta(string codec, byte[][] properties, int pictureAt) =>
        Box(
            "meta",
            [
                0,
                0,
                0,
                0,
                .. Box("hdlr", [0, 0, 0, 0, 0, 0, 0, 0, .. Text("pict"), .. new byte[13]]),
                .. Box("pitm", [0, 0, 0, 0, 0, 1]),
                .. Box("iinf", [0, 0, 0, 0, 0, 1, .. Box("infe", [2, 0, 0, 0, 0, 1, 0, 0, .. Text(codec), 0])]),
                .. Box(
                    "iprp",
                    [
                        .. Box("ipco", [.. properties.SelectMany(p => p)]),
                        .. Box(
                            "ipma",
                            [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, (byte)properties.Length, .. Enumerable.Range(1, properties.Length).Select(i => (byte)i)]
                        ),
                    ]
                ),
                .. Box("iloc", [0, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1, .. Number(pictureAt), .. Number(PictureBytes)]),
            ]
        );

    public static byte[] Box(string name, byte[] content) => [.. Number(content.Length + 8), .. Text(name), .. content];

    public static byte[] Size(int width, int height) => Box("ispe", [0, 0, 0, 0, .. Number(width), .. Number(height)]);

    private static string NameOf(byte[] box) => Encoding.ASCII.GetString(box, 4, 4);

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
