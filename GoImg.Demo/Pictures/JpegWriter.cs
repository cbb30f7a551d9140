using System.Buffers.Binary;

namespace GoImg.Demo.Pictures;

/// <summary>Writes a canvas as a baseline JPEG, 4:2:0 (ITU-T T.81), with the tables of its Annex K.</summary>
internal sealed class JpegWriter
{
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

    private static readonly byte[] LumaQuant =
    [
        16,
        11,
        10,
        16,
        24,
        40,
        51,
        61,
        12,
        12,
        14,
        19,
        26,
        58,
        60,
        55,
        14,
        13,
        16,
        24,
        40,
        57,
        69,
        56,
        14,
        17,
        22,
        29,
        51,
        87,
        80,
        62,
        18,
        22,
        37,
        56,
        68,
        109,
        103,
        77,
        24,
        35,
        55,
        64,
        81,
        104,
        113,
        92,
        49,
        64,
        78,
        87,
        103,
        121,
        120,
        101,
        72,
        92,
        95,
        98,
        112,
        100,
        103,
        99,
    ];

    private static readonly byte[] ChromaQuant =
    [
        17,
        18,
        24,
        47,
        99,
        99,
        99,
        99,
        18,
        21,
        26,
        66,
        99,
        99,
        99,
        99,
        24,
        26,
        56,
        99,
        99,
        99,
        99,
        99,
        47,
        66,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
        99,
    ];

    private static readonly float[] Cosines =
    [
        .. Enumerable.Range(0, 64).Select(i => (i / 8 == 0 ? MathF.Sqrt(0.125f) : 0.5f) * MathF.Cos(((2 * (i % 8)) + 1) * (i / 8) * MathF.PI / 16)),
    ];

    private static readonly HuffmanTable LumaDc = new("00010501010101010100000000000000", "000102030405060708090a0b");
    private static readonly HuffmanTable ChromaDc = new("00030101010101010101010000000000", "000102030405060708090a0b");
    private static readonly HuffmanTable LumaAc = new(
        "0002010303020403050504040000017d",
        "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a"
            + "636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3"
            + "e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"
    );

    private static readonly HuffmanTable ChromaAc = new(
        "00020102040403040705040400010277",
        "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a"
            + "636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3"
            + "e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa"
    );

    private readonly Canvas _canvas;
    private readonly BitWriter _bits = new();
    private readonly float[] _lumaQuant;
    private readonly float[] _chromaQuant;
    private readonly float[] _block = new float[64];
    private readonly float[] _half = new float[64];

    private JpegWriter(Canvas canvas, int qualityPercent)
    {
        _canvas = canvas;
        _lumaQuant = Scale(LumaQuant, qualityPercent);
        _chromaQuant = Scale(ChromaQuant, qualityPercent);
    }

    public static byte[] Write(Canvas canvas, int qualityPercent)
    {
        var writer = new JpegWriter(canvas, qualityPercent);
        writer.Head();
        writer.Scan();
        return writer._bits.Finish();
    }

    private void Head()
    {
        _bits.Raw([0xFF, 0xD8]);
        Segment(0xE0, [0x4A, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        Segment(0xDB, [0, .. ZigZag.Select(i => (byte)_lumaQuant[i]), 1, .. ZigZag.Select(i => (byte)_chromaQuant[i])]);
        var size = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)_canvas.Height);
        BinaryPrimitives.WriteUInt16BigEndian(size.AsSpan(2), (ushort)_canvas.Width);
        Segment(0xC0, [8, .. size, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        Segment(0xC4, [0x00, .. LumaDc.Definition, 0x10, .. LumaAc.Definition, 0x01, .. ChromaDc.Definition, 0x11, .. ChromaAc.Definition]);
        Segment(0xDA, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    }

    private void Segment(byte marker, byte[] content) =>
        _bits.Raw([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content]);

    // Sixteen by sixteen pixels at a time: four blocks of luma, one of each chroma.
    private void Scan()
    {
        var (luma, blue, red) = (new float[256], new float[64], new float[64]);
        var (lastLuma, lastBlue, lastRed) = (0, 0, 0);
        for (var top = 0; top < _canvas.Height; top += 16)
        {
            for (var left = 0; left < _canvas.Width; left += 16)
            {
                Convert(left, top, luma, blue, red);
                for (var quarter = 0; quarter < 4; quarter++)
                {
                    var from = ((quarter / 2) * 128) + ((quarter % 2) * 8);
                    for (var row = 0; row < 8; row++)
                        luma.AsSpan(from + (row * 16), 8).CopyTo(_block.AsSpan(row * 8));
                    lastLuma = Block(_lumaQuant, LumaDc, LumaAc, lastLuma);
                }

                blue.CopyTo(_block, 0);
                lastBlue = Block(_chromaQuant, ChromaDc, ChromaAc, lastBlue);
                red.CopyTo(_block, 0);
                lastRed = Block(_chromaQuant, ChromaDc, ChromaAc, lastRed);
            }
        }
    }

    private void Convert(int left, int top, float[] luma, float[] blue, float[] red)
    {
        Array.Clear(blue);
        Array.Clear(red);
        for (var i = 0; i < 256; i++)
        {
            // The edge pixel goes on where the picture ends within a block.
            var c = _canvas[Math.Min(left + (i & 15), _canvas.Width - 1), Math.Min(top + (i >> 4), _canvas.Height - 1)] * 255;
            luma[i] = (0.299f * c.R) + (0.587f * c.G) + (0.114f * c.B) - 128;
            var chroma = ((i >> 5) * 8) + ((i & 15) >> 1);
            blue[chroma] += ((-0.168736f * c.R) - (0.331264f * c.G) + (0.5f * c.B)) / 4;
            red[chroma] += ((0.5f * c.R) - (0.418688f * c.G) - (0.081312f * c.B)) / 4;
        }
    }

    private int Block(float[] quant, HuffmanTable dcTable, HuffmanTable acTable, int last)
    {
        Transform(_block, _half);
        Transform(_half, _block);
        var dc = (int)MathF.Round(_block[0] / quant[0]);
        Coefficient(dcTable, 0, dc - last);
        var zeros = 0;
        for (var i = 1; i < 64; i++)
        {
            var value = (int)MathF.Round(_block[ZigZag[i]] / quant[ZigZag[i]]);
            if (value == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
                _bits.Write(acTable.Codes[0xF0], acTable.Lengths[0xF0]);
            Coefficient(acTable, zeros, value);
            zeros = 0;
        }

        if (zeros > 0)
            _bits.Write(acTable.Codes[0], acTable.Lengths[0]);
        return dc;
    }

    private void Coefficient(HuffmanTable table, int zeros, int value)
    {
        var size = 32 - int.LeadingZeroCount(Math.Abs(value));
        var symbol = (zeros << 4) | size;
        _bits.Write(table.Codes[symbol], table.Lengths[symbol]);
        if (size > 0)
            _bits.Write(value < 0 ? value + (1 << size) - 1 : value, size);
    }

    // One pass of the cosine transform over the rows, turned by ninety degrees: twice is the whole.
    private static void Transform(float[] from, float[] to)
    {
        for (var row = 0; row < 8; row++)
        {
            var at = row * 8;
            float s0 = from[at] + from[at + 7],
                s1 = from[at + 1] + from[at + 6],
                s2 = from[at + 2] + from[at + 5],
                s3 = from[at + 3] + from[at + 4];
            float d0 = from[at] - from[at + 7],
                d1 = from[at + 1] - from[at + 6],
                d2 = from[at + 2] - from[at + 5],
                d3 = from[at + 3] - from[at + 4];
            for (var k = 0; k < 8; k += 2)
                to[(k * 8) + row] = (s0 * Cosines[k * 8]) + (s1 * Cosines[(k * 8) + 1]) + (s2 * Cosines[(k * 8) + 2]) + (s3 * Cosines[(k * 8) + 3]);
            for (var k = 1; k < 8; k += 2)
                to[(k * 8) + row] = (d0 * Cosines[k * 8]) + (d1 * Cosines[(k * 8) + 1]) + (d2 * Cosines[(k * 8) + 2]) + (d3 * Cosines[(k * 8) + 3]);
        }
    }

    // The scaling that libjpeg made usual.
    private static float[] Scale(byte[] table, int qualityPercent)
    {
        var scale = qualityPercent < 50 ? 5000 / qualityPercent : 200 - (qualityPercent * 2);
        return [.. table.Select(q => (float)Math.Clamp(((q * scale) + 50) / 100, 1, 255))];
    }

    private sealed class HuffmanTable
    {
        public HuffmanTable(string counts, string symbols)
        {
            Definition = System.Convert.FromHexString(counts + symbols);
            var (code, at) = (0, 16);
            for (var length = 1; length <= 16; length++, code <<= 1)
            {
                for (var i = 0; i < Definition[length - 1]; i++, at++)
                {
                    Codes[Definition[at]] = code++;
                    Lengths[Definition[at]] = length;
                }
            }
        }

        public byte[] Definition { get; }

        public int[] Codes { get; } = new int[256];

        public int[] Lengths { get; } = new int[256];
    }

    private sealed class BitWriter
    {
        private readonly MemoryStream _out = new();
        private uint _bits;
        private int _count;

        public void Raw(ReadOnlySpan<byte> bytes) => _out.Write(bytes);

        public void Write(int code, int length)
        {
            _bits = (_bits << length) | (uint)(code & ((1 << length) - 1));
            for (_count += length; _count >= 8; _count -= 8)
            {
                var value = (byte)(_bits >> (_count - 8));
                _out.WriteByte(value);
                if (value == 0xFF)
                    _out.WriteByte(0);
            }
        }

        public byte[] Finish()
        {
            Write(0x7F, 7);
            Raw([0xFF, 0xD9]);
            return _out.ToArray();
        }
    }
}
