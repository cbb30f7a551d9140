using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace GoImg.Tests.Harness;

/// <summary>Pictures made on the spot: as many different files as a test wants.</summary>
public static class Pictures
{
    /// <summary>A valid RGB PNG; each <paramref name="seed"/> is another picture.</summary>
    public static byte[] Png(int seed = 1, int widthPx = 64, int heightPx = 48) => Png(widthPx, heightPx, Pixels(seed, widthPx, heightPx));

    /// <summary>A valid PNG of about three bytes a pixel, for it can't be compressed.</summary>
    public static byte[] Noisy(int seed, int widthPx, int heightPx)
    {
        var noise = new Noise((ulong)seed);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            for (var y = 0; y < heightPx; y++)
                zlib.Write([0, .. noise.Bytes(widthPx * 3)]);
        }

        return Png(widthPx, heightPx, packed.ToArray());
    }

    /// <summary>A PNG whose structure is sound and whose pixels are not: only decoding finds it out.</summary>
    public static byte[] Undecodable(int seed = 1) => Png(64, 48, new Noise((ulong)seed).Bytes(500 + seed));

    private static byte[] Png(int widthPx, int heightPx, byte[] packedPixels)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, widthPx);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), heightPx);
        (header[8], header[9]) = (8, 2);
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", packedPixels);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Pixels(int seed, int widthPx, int heightPx)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + (widthPx * 3)];
            for (var y = 0; y < heightPx; y++)
            {
                for (var x = 0; x < widthPx; x++)
                    (row[1 + (x * 3)], row[2 + (x * 3)], row[3 + (x * 3)]) = (
                        (byte)(x * 3 + seed),
                        (byte)(y * 5 + seed / 256),
                        (byte)(x * y + seed / 65536)
                    );
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(Stream file, string type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32(chunk.AsSpan(4, 4 + data.Length)));
        file.Write(chunk);
    }

    // PNG's checksum (RFC 2083, annex 15), bit by bit: these files are small.
    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320u;
        }

        return ~crc;
    }
}
