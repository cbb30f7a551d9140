namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>Where the picture of a JPEG without an end mark ends. Some phones' panoramas have none, and browsers show them whole.</summary>
internal static class JpegEnd
{
    /// <summary>Null when blocks are missing, or can't be told to be there. Follows all data once, in the file itself: memory does not grow with it.</summary>
    public static long? Find(Stream content)
    {
        using var file = FileView.Open(content);
        var walk = JpegDataCheck.Walk(file.Bytes, toCompletion: true);
        return walk is { Fault: JpegFault.None, IsComplete: true } && IsEnded(file.Bytes[..walk.Scans[^1].End]) ? walk.Scans[^1].End.Value : null;
    }

    /// <summary>Encoders fill the last byte with ones (T.81, F.1.2.3). A download that stopped and was filled up with zeros decodes to its end as well, and
    /// ends in a zero.</summary>
    private static bool IsEnded(ReadOnlySpan<byte> picture) => picture is [.., not 0] or [.., 0xFF, 0];
}
