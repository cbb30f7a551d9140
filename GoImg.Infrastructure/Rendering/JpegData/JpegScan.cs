namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>A scan header (T.81, B.2.3) with the tables that hold for it.</summary>
internal sealed record JpegScan(JpegFrame Frame, IReadOnlyList<JpegScanPart> Parts, int First, int Last, int High, int Low, int RestartInterval)
{
    /// <summary>Blocks in coding order within a unit.</summary>
    public JpegScanPart[] Blocks { get; } =
        Parts.Count == 1 ? [Parts[0]] : [.. Parts.SelectMany(p => Enumerable.Repeat(p, p.Component.Across * p.Component.Down))];

    public (int Across, int Down) Units => Parts.Count == 1 ? Frame.BlocksOf(Parts[0].Component) : Frame.Units;

    /// <summary>Null when it makes no sense with this frame, or lacks a table.</summary>
    public static JpegScan? Read(ReadOnlySpan<byte> segment, JpegFrame frame, HuffmanTable?[] direct, HuffmanTable?[] others, int restartInterval)
    {
        if (segment.Length < 1 || segment[0] is 0 or > 4 || segment.Length < 4 + segment[0] * 2)
            return null;

        var parts = new JpegScanPart[segment[0]];
        for (var i = 0; i < parts.Length; i++)
        {
            var (id, tables) = (segment[1 + i * 2], segment[2 + i * 2]);
            if (frame.Components.FirstOrDefault(c => c.Id == id) is not { } component || (tables >> 4) > 3 || (tables & 15) > 3)
                return null;
            parts[i] = new JpegScanPart(component, direct[tables >> 4], others[tables & 15]);
        }

        var (first, last, precision) = (segment[^3], segment[^2], segment[^1]);
        var scan = new JpegScan(frame, parts, first, last, precision >> 4, precision & 15, restartInterval);
        return scan.IsComplete ? scan : null;
    }

    private bool IsComplete =>
        First <= Last
        && Last <= 63
        && (Frame.IsProgressive || (First, Last, High, Low) == (0, 63, 0, 0))
        && (First == 0 ? !Frame.IsProgressive || Last == 0 : Parts.Count == 1)
        && Parts.All(p => (First > 0 || High > 0 || p.Direct is not null) && (Last == 0 || p.Others is not null));
}

/// <param name="Direct">Table of the first coefficients, the mean values.</param>
/// <param name="Others">Table of all others.</param>
internal sealed record JpegScanPart(JpegComponent Component, HuffmanTable? Direct, HuffmanTable? Others);
