namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Counts the pixels that a frame's LZW codes stand for, without making them (GIF89a specification, appendix F).</summary>
internal static class GifFrameData
{
    private const int MaxCodes = 4096;
    private const int MaxCodeBits = 12;

    /// <summary>Whether the data that begin at the reader's position, with the size of the first codes (1 to 11), give so many pixels.</summary>
    public static bool IsWhole(ContainerReader reader, long pixels)
    {
        var firstBits = reader.ReadByte() + 1;
        var (clear, end) = (1 << firstBits - 1, (1 << firstBits - 1) + 1);
        // what each code stands for, in pixels
        Span<int> lengths = stackalloc int[MaxCodes];
        lengths[..clear].Fill(1);
        var (next, bits, previous) = (end + 1, firstBits, -1);
        var (pending, count) = (0, 0);
        for (int block; (block = reader.ReadByte()) > 0; )
        for (; block > 0; block--)
        {
            pending |= reader.ReadByte() << count;
            for (count += 8; count >= bits; )
            {
                var code = pending & (1 << bits) - 1;
                pending >>= bits;
                count -= bits;
                if (code == clear)
                {
                    (next, bits, previous) = (end + 1, firstBits, -1);
                    continue;
                }

                // a code that is yet to be made stands for the one before and its first pixel
                if (code == end || code > next || (code == next && previous < 0))
                    return false;
                pixels -= code < next ? lengths[code] : lengths[previous] + 1;
                if (pixels <= 0)
                    return true;
                if (previous >= 0 && next < MaxCodes)
                {
                    lengths[next++] = lengths[previous] + 1;
                    if (next == 1 << bits && bits < MaxCodeBits)
                        bits++;
                }

                previous = code;
            }
        }

        return false;
    }
}
