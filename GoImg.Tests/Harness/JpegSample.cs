namespace GoImg.Tests.Harness;

/// <summary>A baseline JPEG encoder with the example tables of ITU-T T.81, annex K, at full chroma and high quality.</summary>
internal static class JpegSample
{
    private const int Quantum = 4;

    private static readonly byte[] ZigZag =
    [
        0,
        1,
        8,
        16,
        9,
        2,
        3,
        10,
        17,
        24,
        32,
        25,
        18,
        11,
        4,
        5,
        12,
        19,
        26,
        33,
        40,
        48,
        41,
        34,
        27,
        20,
        13,
        6,
        7,
        14,
        21,
        28,
        35,
        42,
        49,
        56,
        57,
        50,
        43,
        36,
        29,
        22,
        15,
        23,
        30,
        37,
        44,
        51,
        58,
        59,
        52,
        45,
        38,
        31,
        39,
        46,
        53,
        60,
        61,
        54,
        47,
        55,
        62,
        63,
    ];

    private static readonly byte[] DcCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] DcValues = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    // one long flat table for AC: all 162 run/size pairs with codes of 8 bits and more, simpler than annex K's and as valid
    private static readonly byte[] AcValues = [.. AcSymbols()];
    private static readonly byte[] AcCounts = [0, 0, 0, 0, 0, 0, 0, 90, 72, 0, 0, 0, 0, 0, 0, 0];
    private static readonly (int Code, int Length)[] DcCodes = Codes(DcCounts, DcValues);
    private static readonly (int Code, int Length)[] AcCodes = Codes(AcCounts, AcValues);

    private static readonly double[,] Cosine = Cosines();

    public static byte[] Create(int width, int height, Func<int, int, (byte R, byte G, byte B)> colour, byte[][] segments)
    {
        var file = new List<byte> { 0xFF, 0xD8 };
        Segment(file, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        foreach (var segment in segments)
            file.AddRange(segment);
        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)Quantum, 64)]);
        Segment(file, 0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        Segment(file, 0xC4, [0x00, .. DcCounts, .. DcValues]);
        Segment(file, 0xC4, [0x10, .. AcCounts, .. AcValues]);
        Segment(file, 0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
        Scan(new BitWriter(file), width, height, colour);
        file.AddRange([0xFF, 0xD9]);
        return [.. file];
    }

    public static void Segment(List<byte> file, byte marker, ReadOnlySpan<byte> data)
    {
        file.AddRange([0xFF, marker, (byte)(data.Length + 2 >> 8), (byte)(data.Length + 2)]);
        file.AddRange(data);
    }

    private static void Scan(BitWriter bits, int width, int height, Func<int, int, (byte R, byte G, byte B)> colour)
    {
        var predictors = new int[3];
        var planes = new double[3][];
        for (var top = 0; top < height; top += 8)
        for (var left = 0; left < width; left += 8)
        {
            for (var c = 0; c < 3; c++)
                planes[c] = new double[64];
            for (var i = 0; i < 64; i++)
            {
                var (r, g, b) = colour(Math.Min(left + i % 8, width - 1), Math.Min(top + i / 8, height - 1));
                planes[0][i] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
                planes[1][i] = -0.168736 * r - 0.331264 * g + 0.5 * b;
                planes[2][i] = 0.5 * r - 0.418688 * g - 0.081312 * b;
            }

            for (var c = 0; c < 3; c++)
                Block(bits, Transform(planes[c]), ref predictors[c]);
        }

        bits.Flush();
    }

    /// <summary>Of position x and frequency u.</summary>
    private static double[,] Cosines()
    {
        var table = new double[8, 8];
        for (var x = 0; x < 8; x++)
        for (var u = 0; u < 8; u++)
            table[x, u] = Math.Cos((2 * x + 1) * u * Math.PI / 16);
        return table;
    }

    private static int[] Transform(double[] block)
    {
        var result = new int[64];
        for (var v = 0; v < 8; v++)
        for (var u = 0; u < 8; u++)
        {
            double sum = 0;
            for (var i = 0; i < 64; i++)
                sum += block[i] * Cosine[i % 8, u] * Cosine[i / 8, v];
            result[v * 8 + u] = (int)Math.Round(sum / 4 * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) / Quantum);
        }

        return result;
    }

    private static void Block(BitWriter bits, int[] block, ref int predictor)
    {
        var difference = block[0] - predictor;
        predictor = block[0];
        bits.Write(DcCodes[Size(difference)]);
        bits.WriteValue(difference, Size(difference));
        var run = 0;
        for (var k = 1; k < 64; k++)
        {
            var value = block[ZigZag[k]];
            if (value == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
                bits.Write(AcCodes[0xF0]);
            bits.Write(AcCodes[run << 4 | Size(value)]);
            bits.WriteValue(value, Size(value));
            run = 0;
        }

        if (run > 0)
            bits.Write(AcCodes[0x00]);
    }

    private static int Size(int value) => value == 0 ? 0 : (int)Math.Log2(Math.Abs(value)) + 1;

    private static IEnumerable<byte> AcSymbols()
    {
        yield return 0x00;
        yield return 0xF0;
        for (var run = 0; run < 16; run++)
        for (var size = 1; size <= 10; size++)
            yield return (byte)(run << 4 | size);
    }

    private static (int Code, int Length)[] Codes(byte[] counts, byte[] values)
    {
        var codes = new (int, int)[256];
        var (code, next) = (0, 0);
        for (var length = 1; length <= 16; length++, code <<= 1)
        for (var i = 0; i < counts[length - 1]; i++)
            codes[values[next++]] = (code++, length);
        return codes;
    }

    private sealed class BitWriter(List<byte> file)
    {
        private int _bits;
        private int _count;

        public void Write((int Code, int Length) code) => Write(code.Code, code.Length);

        public void WriteValue(int value, int size) => Write(value < 0 ? value + (1 << size) - 1 : value, size);

        public void Flush() => Write(0x7F, 7);

        private void Write(int value, int count)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                _bits = _bits << 1 | value >> i & 1;
                if (++_count < 8)
                    continue;

                file.Add((byte)_bits);
                if ((byte)_bits == 0xFF)
                    file.Add(0);
                (_bits, _count) = (0, 0);
            }
        }
    }
}
