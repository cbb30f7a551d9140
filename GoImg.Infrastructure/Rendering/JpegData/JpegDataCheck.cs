namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>Whether every code of a JPEG's data is one of its tables, to the last block of every scan (ITU-T T.81). Libjpeg puts a guess in the place of a
/// code that is none and, from libvips 8.15 on, no one tells. Only finds where codes end, so it costs a fraction of decoding; time grows with the
/// file's bytes and blocks, memory is some tables, and for progressive files a bit for each coefficient.</summary>
internal static class JpegDataCheck
{
    /// <summary>The first fault. None also for what can't be followed (arithmetic coding, tables that are none or missing, data that are unclear): that is the decoder's to judge.
    /// Never throws for any bytes.</summary>
    public static JpegFault Find(ReadOnlySpan<byte> file)
    {
        var (direct, others) = (new HuffmanTable?[4], new HuffmanTable?[4]);
        JpegFrame? frame = null;
        var (position, restartInterval) = (0, 0);
        while (FindMarker(file, position) is >= 0 and var at)
        {
            var marker = file[at];
            position = at + 1;
            if (marker is 0x01 or 0xD8 or (>= 0xD0 and <= 0xD7))
                continue;
            if (marker == 0xD9 || position + 2 > file.Length)
                return JpegFault.None;

            var length = file[position] << 8 | file[position + 1];
            if (length < 2 || position + length > file.Length)
                return JpegFault.None;

            var segment = file[(position + 2)..(position + length)];
            position += length;
            switch (marker)
            {
                case 0xC4 when !ReadTables(segment, direct, others):
                    return JpegFault.None;
                case 0xC0 or 0xC1 or 0xC2:
                    frame = JpegFrame.Read(segment, isProgressive: marker == 0xC2);
                    break;
                case 0xDD when segment.Length >= 2:
                    restartInterval = segment[0] << 8 | segment[1];
                    break;
                case 0xDA:
                    if (frame is null || JpegScan.Read(segment, frame, direct, others, restartInterval) is not { } scan)
                        return JpegFault.None;

                    var bits = new EntropyBits(file, position);
                    var fault = frame.IsProgressive ? ProgressiveScan.Walk(scan, ref bits) : SequentialScan.Walk(scan, ref bits);
                    if (fault != JpegFault.None)
                        return fault == JpegFault.Unclear ? JpegFault.None : fault;
                    position = bits.Position;
                    break;
            }
        }

        return JpegFault.None;
    }

    /// <summary>Where the code of the next marker is; below 0 when there is none.</summary>
    public static int FindMarker(ReadOnlySpan<byte> file, int from)
    {
        while (true)
        {
            var found = file[from..].IndexOf((byte)0xFF);
            if (found < 0)
                return -1;

            var code = file[(from + found)..].IndexOfAnyExcept((byte)0xFF);
            if (code < 0)
                return -1;

            from += found + code;
            if (file[from] != 0)
                return from;
        }
    }

    /// <summary>False when one of them is none.</summary>
    private static bool ReadTables(ReadOnlySpan<byte> segment, HuffmanTable?[] direct, HuffmanTable?[] others)
    {
        while (segment.Length >= 17)
        {
            var counts = segment.Slice(1, 16);
            var (place, total) = (segment[0], 0);
            foreach (var count in counts)
                total += count;
            if (
                (place & 0xEF) > 3
                || total > 256
                || segment.Length < 17 + total
                || HuffmanTable.Of(counts, segment.Slice(17, total)) is not { } table
            )
                return false;

            (place < 16 ? direct : others)[place & 3] = table;
            segment = segment[(17 + total)..];
        }

        return segment.IsEmpty;
    }
}
