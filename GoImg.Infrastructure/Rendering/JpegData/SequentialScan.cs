using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>Walks the blocks of a sequential scan (T.81, F.2.2). Most photos are nothing but one such scan, so this is written for speed: several codes at
/// a step, and what a step needs in local variables.</summary>
internal static class SequentialScan
{
    // a mean value and three steps; what is looked up whole has 12 bits at most
    private const int LeastForSteps = 4 * HuffmanTable.RunBits;

    public static JpegFault Walk(JpegScan scan, ref EntropyBits bits)
    {
        var (across, down) = scan.Units;
        var units = (long)across * down;
        if (scan.RestartInterval == 0)
            return WalkUnits(scan.Blocks, units, ref bits);

        for (var number = 0; units > 0; number++)
        {
            var fault = WalkUnits(scan.Blocks, Math.Min(units, scan.RestartInterval), ref bits);
            if (fault != JpegFault.None)
                return fault;
            units -= scan.RestartInterval;
            if (units > 0 && !bits.Restart(number))
                return JpegFault.WrongRestart;
        }

        return JpegFault.None;
    }

    // Compiled when first called, for this processor: code compiled ahead calls what is inlined here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static JpegFault WalkUnits(JpegScanPart[] blocks, long units, ref EntropyBits reader)
    {
        var (bits, count, position) = (reader.Bits, reader.Count, reader.Position);
        var file = reader.File;
        ref var start = ref MemoryMarshal.GetReference(file);
        // up to here eight bytes can be read
        var lastWord = file.Length - sizeof(ulong);
        for (; units > 0; units--)
        {
            foreach (var block in blocks)
            {
                ref var runs = ref MemoryMarshal.GetArrayDataReference(block.Others!.Runs);
                // first the mean value, which is a single code; then the coefficients, 1 to 63
                var table = block.Direct!;
                ref var codes = ref MemoryMarshal.GetArrayDataReference(table.Codes);
                // a long code, or the end of the block lies within the next bits: one code has to be looked up alone
                var isAlone = false;
                for (uint k = 0; k < 64; )
                {
                    if (count < LeastForSteps)
                    {
                        ulong word;
                        if (
                            position <= lastWord
                            && count >= 0
                            && !HasMark(word = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, position))))
                        )
                        {
                            // As many whole bytes as there is room for. Of the next one some bits come along, as they will come again.
                            bits |= word >> count;
                            position += (63 - count) >> 3;
                            count |= 56;
                        }
                        else
                        {
                            // those that came along are not counted
                            bits = count > 0 ? bits >> (64 - count) << (64 - count) : 0;
                            (bits, count, position) = EntropyBits.FillByBytes(file, bits, count, position);
                        }
                    }

                    if (k == 0)
                    {
                        var code = Unsafe.Add(ref codes, (nint)(bits >> (64 - HuffmanTable.RunBits)));
                        if (code != 0)
                        {
                            bits <<= code;
                            count -= code;
                            k = 1;
                        }
                    }

                    if (k != 0 && !isAlone)
                    {
                        // three steps, as the bits there are suffice for
                        var (before, known, left) = (k, bits, count);
                        var run = Unsafe.Add(ref runs, (nint)(bits >> (64 - HuffmanTable.RunBits)));
                        k += run >> 8;
                        bits <<= (int)run;
                        count -= (int)(run & 0xFF);
                        if (k < 64)
                        {
                            (before, known, left) = (k, bits, count);
                            run = Unsafe.Add(ref runs, (nint)(bits >> (64 - HuffmanTable.RunBits)));
                            k += run >> 8;
                            bits <<= (int)run;
                            count -= (int)(run & 0xFF);
                            if (k < 64)
                            {
                                (before, known, left) = (k, bits, count);
                                run = Unsafe.Add(ref runs, (nint)(bits >> (64 - HuffmanTable.RunBits)));
                                k += run >> 8;
                                bits <<= (int)run;
                                count -= (int)(run & 0xFF);
                            }
                        }

                        if ((k & 64) == 0)
                            continue;

                        (k, bits, count) = (before, known, left);
                        (table, isAlone) = (block.Others!, true);
                        continue;
                    }

                    isAlone = false;

                    var (length, symbol) = table.Find(bits);
                    if (length == 0)
                        return count < 0 ? JpegFault.EndsEarly : JpegFault.BadCode;
                    bits <<= length + (symbol & 15);
                    count -= length + (symbol & 15);
                    k +=
                        k == 0 ? 1
                        : symbol == 0xF0 || (symbol & 15) > 0 ? (uint)(symbol >> 4) + 1
                        : 64;
                }
            }

            if (count < 0)
                return JpegFault.EndsEarly;
        }

        (reader.Bits, reader.Count, reader.Position) = (count > 0 ? bits >> (64 - count) << (64 - count) : 0, count, position);
        return JpegFault.None;
    }

    /// <summary>Whether one of the eight bytes is FF, as one of the complement's is 0 then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasMark(ulong word) => ((~word - 0x0101010101010101) & word & 0x8080808080808080) != 0;
}
