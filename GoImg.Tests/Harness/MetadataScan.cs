using System.Text;

namespace GoImg.Tests.Harness;

/// <summary>Looks for metadata in a file's bytes, by names and marks, without any decoder.</summary>
public static class MetadataScan
{
    private static readonly string[] Marks =
    [
        "Exif\0",
        "EXIF",
        "XMP ",
        "ICCP",
        "http://ns.adobe.com/",
        "<x:xmpmeta",
        "<?xpacket",
        "Photoshop 3.0",
        "8BIM",
        "ICC_PROFILE",
        "acspMSFT",
        "acspAPPL",
        "GPSLatitude",
        "<rdf:",
        "PK\u0003\u0004",
        "%PDF",
        "<script",
        "<?php",
        Samples.Canary,
    ];

    /// <summary>The marks found; none is what others may be served.</summary>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> file)
    {
        var found = new List<string>();
        foreach (var mark in Marks)
            if (file.IndexOf(Encoding.Latin1.GetBytes(mark)) >= 0)
                found.Add(mark);
        return found;
    }
}
