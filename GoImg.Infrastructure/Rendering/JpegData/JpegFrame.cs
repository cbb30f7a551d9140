namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>A frame header (T.81, B.2.2).</summary>
internal sealed record JpegFrame(int WidthPx, int HeightPx, bool IsProgressive, IReadOnlyList<JpegComponent> Components)
{
    /// <summary>Units coded together when all components are.</summary>
    public (int Across, int Down) Units => (Ceiling(WidthPx, 8 * Components.Max(c => c.Across)), Ceiling(HeightPx, 8 * Components.Max(c => c.Down)));

    /// <summary>Blocks of one component when it is coded alone (A.2.2).</summary>
    public (int Across, int Down) BlocksOf(JpegComponent component) =>
        (
            Ceiling(Ceiling(WidthPx * component.Across, Components.Max(c => c.Across)), 8),
            Ceiling(Ceiling(HeightPx * component.Down, Components.Max(c => c.Down)), 8)
        );

    /// <summary>Null for what no decoder takes.</summary>
    public static JpegFrame? Read(ReadOnlySpan<byte> segment, bool isProgressive)
    {
        if (segment.Length < 6 || segment[5] is 0 or > 4 || segment.Length < 6 + segment[5] * 3)
            return null;

        var (height, width) = (segment[1] << 8 | segment[2], segment[3] << 8 | segment[4]);
        var components = new JpegComponent[segment[5]];
        for (var i = 0; i < components.Length; i++)
        {
            var described = segment.Slice(6 + i * 3, 3);
            components[i] = new JpegComponent(described[0], described[1] >> 4, described[1] & 15);
            if (components[i] is not { Across: >= 1 and <= 4, Down: >= 1 and <= 4 })
                return null;
        }

        return width == 0 || height == 0 ? null : new JpegFrame(width, height, isProgressive, components);
    }

    private static int Ceiling(int number, int divisor) => (number + divisor - 1) / divisor;
}

/// <param name="Across">Sampling factors: blocks of it in a unit.</param>
internal sealed record JpegComponent(int Id, int Across, int Down)
{
    /// <summary>Of a progressive JPEG, by block: the coefficients that are not zero, as bits. Null before the first scan that may set them.</summary>
    public ulong[]? NotZero { get; set; }

    // of each coefficient: the lowest bit that scans have set, -1 before the first
    private readonly int[] _lowest = [.. Enumerable.Repeat(-1, 64)];

    /// <summary>Scans have coded all there is of it.</summary>
    public bool IsComplete => Array.TrueForAll(_lowest, low => low == 0);

    /// <summary>Whether a scan carries on from those before it (G.1.1.1.2): the first of a coefficient, or a refinement by one bit.</summary>
    public bool Follow(int first, int last, int high, int low)
    {
        for (var k = first; k <= last; k++)
        {
            if (high == 0 ? _lowest[k] >= 0 : _lowest[k] != high || low != high - 1)
                return false;
            _lowest[k] = low;
        }

        return true;
    }
}
