using System.Runtime.CompilerServices;

namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>One Huffman table of a JPEG (ITU-T T.81, annex C and F.2.2.3), made for finding where codes end rather than for values.</summary>
internal sealed class HuffmanTable
{
    /// <summary>Bits that <see cref="Runs"/> is looked up by.</summary>
    public const int RunBits = 12;

    // what a step of Runs says where it can't
    private const uint SingleStep = 64 << 8;
    private const int LookupBits = 12;
    private const int LongestCode = 16;
    private const int EndOfBlock = 0x00;
    private const int SixteenZeros = 0xF0;

    // by the first bits: length << 8 | symbol, 0 for longer codes and for none
    private readonly ushort[] _lookup = new ushort[1 << LookupBits];

    // by length: one beyond the last code of that length in the highest bits of 16; and what leads from a code to its symbol
    private readonly int[] _limits = new int[LongestCode + 1];
    private readonly int[] _offsets = new int[LongestCode + 1];
    private readonly byte[] _symbols;
    private uint[]? _runs;
    private byte[]? _codes;

    private HuffmanTable(byte[] symbols) => _symbols = symbols;

    /// <summary>For the coefficients of a sequential block but its first: by the next 12 bits, the bits that whole codes with their values take
    /// (0–7) and how far the coefficients get by them (8–). Beyond 128 the block ends there; with 64 in it, steps have to be taken one by one.</summary>
    public uint[] Runs => _runs ??= MakeRuns();

    /// <summary>For the first coefficient: by the next 12 bits, how many of them the code takes with its value; 0 where that is more, or there is no code.</summary>
    public byte[] Codes => _codes ??= MakeCodes();

    /// <summary>Null for a table that is none: libjpeg refuses it too.</summary>
    /// <param name="counts">Codes of each length from 1 to 16.</param>
    public static HuffmanTable? Of(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        var table = new HuffmanTable(symbols.ToArray());
        var (code, index) = (0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            table._offsets[length] = index - code;
            for (var i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                if (code >= 1 << length)
                    return null;
                if (length <= LookupBits)
                    table._lookup.AsSpan(code << (LookupBits - length), 1 << (LookupBits - length)).Fill((ushort)(length << 8 | symbols[index]));
            }

            table._limits[length] = code << (LongestCode - length);
            code <<= 1;
        }

        return table;
    }

    /// <summary>The code that the highest bits of <paramref name="bits"/> begin with: its length and symbol; length 0 when they begin with none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (int Length, int Symbol) Find(ulong bits)
    {
        var entry = _lookup[bits >> (64 - LookupBits)];
        if (entry != 0)
            return (entry >> 8, entry & 0xFF);

        var next = (int)(bits >> (64 - LongestCode));
        // the short ones are in the table above, and none of their length fits any more
        for (var length = LookupBits + 1; length <= LongestCode; length++)
            if (next < _limits[length])
                return (length, _symbols[(next >> (LongestCode - length)) + _offsets[length]]);

        return (0, 0);
    }

    private byte[] MakeCodes()
    {
        var codes = new byte[1 << RunBits];
        for (var i = 0; i < codes.Length; i++)
        {
            var (length, symbol) = Find((ulong)i << (64 - RunBits));
            codes[i] = length > 0 && length + (symbol & 15) <= RunBits ? (byte)(length + (symbol & 15)) : (byte)0;
        }

        return codes;
    }

    private uint[] MakeRuns()
    {
        var runs = new uint[1 << RunBits];
        for (var i = 0; i < runs.Length; i++)
            runs[i] = MakeRun((ulong)i << (64 - RunBits));
        return runs;
    }

    private uint MakeRun(ulong bits)
    {
        var (taken, advance) = (0, 0);
        while (true)
        {
            var (length, symbol) = Find(bits << taken);
            var whole = length + (symbol & 0x0F);
            // a code that does not fit may have been completed by the zeros behind
            if (length == 0 || taken + whole > RunBits)
                break;
            if (symbol == EndOfBlock || (symbol & 0x0F) == 0 && symbol != SixteenZeros)
                return (uint)((advance + 128) << 8 | (taken + whole));
            if (advance + (symbol >> 4) + 1 >= 64)
                break;

            taken += whole;
            advance += (symbol >> 4) + 1;
        }

        return taken == 0 ? SingleStep : (uint)(advance << 8 | taken);
    }
}
