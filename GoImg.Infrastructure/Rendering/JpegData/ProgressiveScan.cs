using System.Numerics;

namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>Walks the blocks of a progressive scan (T.81, G.2). What a later scan refines depends on which coefficients an earlier one set, so these are
/// kept: a bit for each coefficient.</summary>
internal static class ProgressiveScan
{
    private const int SixteenZeros = 15;
    private const int MaxBlocks = 1 << 23;

    public static JpegFault Walk(JpegScan scan, ref EntropyBits bits)
    {
        var (across, down) = scan.Units;
        var (left, number, endRun) = (scan.RestartInterval, 0, 0);
        // no picture that GoImg takes has so many (ImageLimits): a header without a picture
        if ((long)across * down > MaxBlocks)
            return JpegFault.Unclear;

        foreach (var part in scan.Parts)
            if (!part.Component.Follow(scan.First, scan.Last, scan.High, scan.Low))
                return JpegFault.Unclear;

        var notZero = scan.First == 0 ? [] : scan.Parts[0].Component.NotZero ??= new ulong[across * down];
        for (var unit = 0; unit < across * down; unit++)
        {
            if (scan.RestartInterval > 0 && left-- == 0)
            {
                if (!bits.Restart(number++))
                    return JpegFault.WrongRestart;
                (left, endRun) = (scan.RestartInterval - 1, 0);
            }

            var fault =
                scan.First == 0 ? WalkDirect(scan, ref bits)
                : scan.High == 0 ? WalkFirst(scan, ref bits, ref notZero[unit], ref endRun)
                : Refine(scan, ref bits, ref notZero[unit], ref endRun);
            if (fault != JpegFault.None)
                return fault;
            // Policy: no pictures with a grey rest. Only the mean values leave one; without the others it is less sharp.
            if (bits.Count < 0)
                return scan is { First: 0, High: 0 } ? JpegFault.EndsEarly : JpegFault.Unclear;
        }

        return JpegFault.None;
    }

    private static JpegFault WalkDirect(JpegScan scan, ref EntropyBits bits)
    {
        foreach (var block in scan.Blocks)
        {
            if (scan.High > 0)
            {
                bits.Take(1);
                continue;
            }

            var size = bits.Symbol(block.Direct!);
            if (size < 0)
                return JpegFault.BadCode;
            bits.Skip(size & 15);
        }

        return JpegFault.None;
    }

    private static JpegFault WalkFirst(JpegScan scan, ref EntropyBits bits, ref ulong notZero, ref int endRun)
    {
        if (endRun > 0)
        {
            endRun--;
            return JpegFault.None;
        }

        for (var k = scan.First; k <= scan.Last; k++)
        {
            var symbol = bits.Symbol(scan.Parts[0].Others!);
            if (symbol < 0)
                return JpegFault.BadCode;

            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < SixteenZeros)
            {
                endRun = (1 << run) + bits.Take(run) - 1;
                break;
            }

            k += run;
            bits.Skip(size);
            // behind the last, as libjpeg does, it takes its bits and counts for nothing
            if (size > 0 && k < 64)
                notZero |= 1UL << k;
        }

        return JpegFault.None;
    }

    private static JpegFault Refine(JpegScan scan, ref EntropyBits bits, ref ulong notZero, ref int endRun)
    {
        var k = scan.First;
        for (; endRun == 0 && k <= scan.Last; k++)
        {
            var symbol = bits.Symbol(scan.Parts[0].Others!);
            // what becomes something here can only become one
            if (symbol < 0 || (symbol & 15) > 1)
                return JpegFault.BadCode;

            var (run, isNew) = (symbol >> 4, (symbol & 15) == 1);
            bits.Skip(symbol & 15);
            if (!isNew && run < SixteenZeros)
            {
                endRun = (1 << run) + bits.Take(run);
                break;
            }

            // a bit for each that is something already, until as many zeros were passed
            for (; k <= scan.Last; k++)
                if ((notZero >> k & 1) != 0)
                    bits.Take(1);
                else if (--run < 0)
                    break;

            if (isNew && k < 64)
                notZero |= 1UL << k;
        }

        if (endRun == 0)
            return JpegFault.None;

        endRun--;
        if (k <= scan.Last)
        {
            var known = BitOperations.PopCount(notZero >> k << k & ulong.MaxValue >> (63 - scan.Last));
            bits.Take(Math.Min(known, EntropyBits.Most));
            bits.Take(Math.Max(0, known - EntropyBits.Most));
        }

        return JpegFault.None;
    }
}
