using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>Grey JPEGs written bit by bit. Their tables hold few codes: of mean values <c>0</c> = no change; of the others <c>0</c> = one value of ±1,
/// <c>10</c> = the block ends, and <c>11</c> is no code.</summary>
internal static class FlatJpeg
{
    private static readonly byte[] MeanValues = [0x00, 1, .. new byte[15], 0x00];
    private static readonly byte[] OtherValues = [0x10, 1, 1, .. new byte[14], 0x01, 0x00];

    /// <summary>8 pixels high, a block for each scan's interval.</summary>
    /// <param name="intervals">Bits of each restart interval, which is one block; filled up with ones.</param>
    public static byte[] Sequential(params string[] intervals) =>
        File(0xC0, intervals.Length, intervals.Length > 1 ? (byte)1 : (byte)0, [([0, 63, 0], Join(intervals))]);

    /// <summary>One block.</summary>
    /// <param name="scans">First and last coefficient, successive approximation, and bits.</param>
    public static byte[] Progressive(params (byte First, byte Last, byte Approximation, string Bits)[] scans) =>
        File(0xC2, 1, 0, [.. scans.Select(s => ((byte[])[s.First, s.Last, s.Approximation], Bytes(s.Bits)))]);

    private static byte[] File(byte frame, int blocks, byte restartInterval, (byte[] Range, byte[] Data)[] scans)
    {
        var file = new List<byte> { 0xFF, 0xD8 };
        JpegSample.Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);
        JpegSample.Segment(file, frame, [8, 0, 8, 0, (byte)(blocks * 8), 1, 1, 0x11, 0]);
        JpegSample.Segment(file, 0xC4, MeanValues);
        JpegSample.Segment(file, 0xC4, OtherValues);
        if (restartInterval > 0)
            JpegSample.Segment(file, 0xDD, [0, restartInterval]);
        foreach (var (range, data) in scans)
        {
            JpegSample.Segment(file, 0xDA, [1, 1, 0, .. range]);
            file.AddRange(data);
        }

        return [.. file, 0xFF, 0xD9];
    }

    private static byte[] Join(string[] intervals) =>
        [.. intervals.SelectMany((bits, i) => i == 0 ? Bytes(bits) : [0xFF, (byte)(0xD0 + (i - 1) % 8), .. Bytes(bits)])];

    private static byte[] Bytes(string bits) =>
        [
            .. bits.Replace(" ", "", StringComparison.Ordinal)
                .Chunk(8)
                .Select(eight => Convert.ToByte(new string(eight).PadRight(8, '1'), 2))
                .SelectMany(value => value == 0xFF ? (byte[])[value, 0] : [value]),
        ];
}
