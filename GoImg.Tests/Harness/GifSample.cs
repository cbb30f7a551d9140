namespace GoImg.Tests.Harness;

/// <summary>A GIF of four colours.</summary>
internal static class GifSample
{
    public static byte[] Create(int width, int height, int frames, bool withMetadata)
    {
        var file = new List<byte>();
        file.AddRange("GIF89a"u8);
        file.AddRange([
            (byte)width,
            (byte)(width >> 8),
            (byte)height,
            (byte)(height >> 8),
            0x81,
            0,
            0,
            220,
            30,
            30,
            30,
            160,
            30,
            30,
            30,
            200,
            245,
            245,
            245,
        ]);
        if (frames > 1)
            file.AddRange([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
        if (withMetadata)
        {
            file.AddRange([0x21, 0xFE, (byte)Samples.Canary.Length, .. MetadataSample.Canary, 0]);
            file.AddRange([0x21, 0xFF, 11, .. "XMP DataXMP"u8, (byte)Samples.Canary.Length, .. MetadataSample.Canary, 0]);
        }

        for (var frame = 0; frame < frames; frame++)
        {
            file.AddRange([0x21, 0xF9, 4, 0, 7, 0, 0, 0]);
            file.AddRange(Frame(width, height, frame));
        }

        file.Add(0x3B);
        return [.. file];
    }

    /// <summary>That many frames of one byte of picture data each: many to walk, quick to make.</summary>
    public static byte[] Bomb(int width, int height, int frames)
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 2, 2, 0x4C, 0x01, 0];
        return [.. Create(width, height, 1, false)[..^1], .. Enumerable.Repeat(frame, frames).SelectMany(f => f), 0x3B];
    }

    // LZW as appendix F of the GIF89a specification has it; a table that is full stays.
    private static byte[] Frame(int width, int height, int shift)
    {
        const int clear = 4;
        const int end = 5;
        const int maxCodes = 4096;
        var data = new List<byte>();
        var codes = new Dictionary<(int Prefix, int Pixel), int>();
        var (size, next, prefix) = (3, end + 1, -1);
        var (bits, count) = (0, 0);
        Write(clear);
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            var pixel = ((x * 2 >= width ? 1 : 0) ^ (y * 2 >= height ? 3 : 0)) + shift & 3;
            if (prefix < 0)
            {
                prefix = pixel;
                continue;
            }

            if (codes.TryGetValue((prefix, pixel), out var longer))
            {
                prefix = longer;
                continue;
            }

            Write(prefix);
            if (next < maxCodes)
            {
                codes.Add((prefix, pixel), next);
                Grow(next++);
            }

            prefix = pixel;
        }

        Write(prefix);
        Grow(next);
        Write(end);
        if (count > 0)
            data.Add((byte)bits);
        byte[] header = [0x2C, 0, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 2];
        return [.. header, .. data.Chunk(255).SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0];

        void Write(int code)
        {
            bits |= code << count;
            for (count += size; count >= 8; count -= 8, bits >>= 8)
                data.Add((byte)bits);
        }

        // the reader of the codes is one behind
        void Grow(int code)
        {
            if (code == 1 << size && size < 12)
                size++;
        }
    }
}
