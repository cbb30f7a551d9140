namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>Whether every code of a JPEG's data is one of its tables, to the last block of every scan (ITU-T T.81). Libjpeg puts a guess in the place of a
/// code that is none and, from libvips 8.15 on, no one tells. Only finds where codes end, so it costs a fraction of decoding; time grows with the
/// file's bytes and blocks, memory is some tables, and for progressive files a bit for each coefficient.</summary>
internal static class JpegDataCheck
{
    /// <summary>The first fault. None also for what can't be followed (arithmetic coding, tables that are none or missing, data that are unclear): that is the decoder's to judge.
    /// Never throws for any bytes.</summary>
    public static JpegFault Find(ReadOnlySpan<byte> file) => Walk(file).Fault is not JpegFault.Unclear and var fault ? fault : JpegFault.None;

    /// <summary>As <see cref="Find"/>, with where the data of each scan lie; <see cref="JpegFault.Unclear"/> for what can't be followed.</summary>
    /// <param name="toCompletion">Ends with the scan that completes the picture, whatever stands behind it.</param>
    public static JpegWalk Walk(ReadOnlySpan<byte> file, bool toCompletion = false)
    {
        var scans = new List<Range>();
        var (direct, others) = (new HuffmanTable?[4], new HuffmanTable?[4]);
        JpegFrame? frame = null;
        var (position, restartInterval) = (0, 0);
        while (FindMarker(file, position) is >= 0 and var at)
        {
            var marker = file[at];
            position = at + 1;
            if (marker is 0x01 or 0xD8 or (>= 0xD0 and <= 0xD7))
                continue;
            if (marker == 0xD9)
                return Ended(JpegFault.None);
            if (position + 2 > file.Length)
                return Ended(JpegFault.Unclear);

            var length = file[position] << 8 | file[position + 1];
            if (length < 2 || position + length > file.Length)
                return Ended(JpegFault.Unclear);

            var segment = file[(position + 2)..(position + length)];
            position += length;
            switch (marker)
            {
                case 0xC4 when !ReadTables(segment, direct, others):
                    return Ended(JpegFault.Unclear);
                case 0xC0 or 0xC1 or 0xC2:
                    frame = JpegFrame.Read(segment, isProgressive: marker == 0xC2);
                    break;
                case 0xDD when segment.Length >= 2:
                    restartInterval = segment[0] << 8 | segment[1];
                    break;
                case 0xDA:
                    if (frame is null || JpegScan.Read(segment, frame, direct, others, restartInterval) is not { } scan)
                        return Ended(JpegFault.Unclear);

                    var bits = new EntropyBits(file, position);
                    var fault = frame.IsProgressive ? ProgressiveScan.Walk(scan, ref bits) : SequentialScan.Walk(scan, ref bits);
                    if (fault != JpegFault.None)
                        return Ended(fault);
                    scans.Add(position..bits.End);
                    position = bits.Position;
                    foreach (var part in frame.IsProgressive ? [] : scan.Parts)
                        part.Component.Follow(0, 63, 0, 0);
                    if (toCompletion && frame.Components.All(component => component.IsComplete))
                        return Ended(JpegFault.None);
                    break;
            }
        }

        return Ended(JpegFault.None);

        JpegWalk Ended(JpegFault fault) => new(fault, scans, frame?.Components.All(component => component.IsComplete) == true);
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

/// <param name="Scans">The entropy-coded data of each whole scan, without what may lie between them and the next marker.</param>
/// <param name="IsComplete">Every bit of every coefficient was coded: there is nothing a further scan could add.</param>
internal sealed record JpegWalk(JpegFault Fault, IReadOnlyList<Range> Scans, bool IsComplete);
