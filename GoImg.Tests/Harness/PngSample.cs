using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace GoImg.Tests.Harness;

internal static class PngSample
{
    private static readonly uint[] Crcs = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    public static byte[] Create(int width, int height, Func<int, int, (byte R, byte G, byte B)> colour, bool withAlpha, byte[][] extraChunks)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                for (var x = 0; x < width; x++)
                {
                    var (r, g, b) = colour(x, y);
                    zlib.Write(withAlpha ? [r, g, b, (byte)(x * 2 < width ? 255 : 0)] : [r, g, b]);
                }
            }

        return Assemble(width, height, withAlpha ? (byte)6 : (byte)2, extraChunks, pixels.ToArray());
    }

    /// <summary>Any kind of PNG: the samples of one pixel as the bytes they have in the file.</summary>
    public static byte[] Raw(int width, int height, byte depth, byte colourType, Func<int, int, byte[]> pixel, params byte[][] extraChunks)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                for (var x = 0; x < width; x++)
                    zlib.Write(pixel(x, y));
            }

        return Assemble(width, height, colourType, extraChunks, pixels.ToArray(), depth);
    }

    public static byte[] Profile(byte[] profile)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(profile);
        return Chunk("iCCP", [.. "test\0"u8, 0, .. packed.ToArray()]);
    }

    /// <summary>Any header and picture data, fitting or not.</summary>
    public static byte[] Assemble(int width, int height, byte colourType, byte[][] extraChunks, byte[] data, byte depth = 8) =>
        [
            0x89,
            .. "PNG\r\n\x1a\n"u8,
            .. Chunk("IHDR", [.. BigEndian(width), .. BigEndian(height), depth, colourType, 0, 0, 0]),
            .. extraChunks.SelectMany(c => c),
            .. Chunk("IDAT", data),
            .. Chunk("IEND", []),
        ];

    public static byte[] Chunk(string name, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
        var crc = named.Aggregate(0xFFFFFFFFu, (sum, b) => Crcs[(sum ^ b) & 0xFF] ^ sum >> 8) ^ 0xFFFFFFFFu;
        return [.. BigEndian(data.Length), .. named, .. BigEndian((int)crc)];
    }

    /// <summary>Compressed text that unpacks to that many bytes.</summary>
    public static byte[] TextBomb(string chunk, int unpackedBytes) => Compressed(chunk, new byte[unpackedBytes]);

    public static byte[] Text(string chunk, string text) => Compressed(chunk, Encoding.ASCII.GetBytes(text));

    public static byte[][] Metadata =>
        [
            Chunk("eXIf", MetadataSample.Exif(1, withCanary: true)),
            Chunk("tEXt", [.. "Comment\0"u8, .. MetadataSample.Canary]),
            Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. MetadataSample.Xmp]),
        ];

    private static byte[] Compressed(string chunk, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return Chunk(chunk, chunk == "iTXt" ? [.. "k\0"u8, 1, 0, 0, 0, .. packed.ToArray()] : [.. "k\0"u8, 0, .. packed.ToArray()]);
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint CrcOf(int index)
    {
        var crc = (uint)index;
        for (var bit = 0; bit < 8; bit++)
            crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ crc >> 1;
        return crc;
    }
}
