using System.Text;

namespace GoImg.Tests.Harness;

/// <summary>Lossless WebP of one colour: five prefix codes of a single symbol each, and not one bit of pixels.</summary>
internal static class WebPSample
{
    public static byte[] Create(int width, int height, int frames, bool withMetadata)
    {
        if (frames == 1 && !withMetadata)
            return Riff(Chunk("VP8L", Picture(width, height, 0)));

        var flags = (byte)((frames > 1 ? 0x02 : 0) | (withMetadata ? 0x0C : 0));
        byte[] extended = Chunk("VP8X", [flags, 0, 0, 0, .. UInt24(width - 1), .. UInt24(height - 1)]);
        byte[] metadata = withMetadata ? [.. Chunk("EXIF", MetadataSample.Exif(1, withCanary: true)), .. Chunk("XMP ", MetadataSample.Xmp)] : [];
        if (frames == 1)
            return Riff([.. extended, .. Chunk("VP8L", Picture(width, height, 0)), .. metadata]);

        var pictures = Enumerable
            .Range(0, frames)
            .SelectMany(i =>
                Chunk(
                    "ANMF",
                    [
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        .. UInt24(width - 1),
                        .. UInt24(height - 1),
                        .. UInt24(70),
                        0,
                        .. Chunk("VP8L", Picture(width, height, i * 40)),
                    ]
                )
            );
        return Riff([.. extended, .. Chunk("ANIM", [0, 0, 0, 0, 0, 0]), .. pictures, .. metadata]);
    }

    public static byte[] Chunk(string name, byte[] data) =>
        [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length & 1]];

    public static byte[] Riff(byte[] chunks) => [.. "RIFF"u8, .. BitConverter.GetBytes(chunks.Length + 4), .. "WEBP"u8, .. chunks];

    private static byte[] Picture(int width, int height, int shade)
    {
        var bytes = new List<byte> { 0x2F };
        var (bits, count) = (0UL, 0);
        Write((uint)width - 1, 14);
        Write((uint)height - 1, 14);
        Write(0, 1 + 3 + 1 + 1 + 1);
        // green, red, blue, alpha, distance: a simple code (1), of one symbol (0), in eight bits (1)
        foreach (var symbol in new[] { 160, 40 + shade, 60, 255, 0 })
        {
            Write(0b101, 3);
            Write((uint)symbol & 0xFF, 8);
        }

        Write(0, 7);
        return [.. bytes];

        void Write(uint value, int width)
        {
            bits |= (ulong)value << count;
            for (count += width; count >= 8; count -= 8, bits >>= 8)
                bytes.Add((byte)bits);
        }
    }

    private static byte[] UInt24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
