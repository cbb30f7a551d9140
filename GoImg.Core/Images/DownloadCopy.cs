using GoImg.Core.Rendering;

namespace GoImg.Core.Images;

/// <summary>The file that others download, kept with the renditions once somebody asked for it.</summary>
public static class DownloadCopy
{
    private const string Name = "download";

    /// <summary>Its name among an image's files.</summary>
    public static string FileOf(ImageFormat format) => $"{Name}.{format.Extension()}";

    public static bool IsOne(StoredRendition file) => FormatOf(file) is not null;

    /// <summary>Null when it is another file.</summary>
    public static ImageFormat? FormatOf(StoredRendition file)
    {
        foreach (var format in Enum.GetValues<ImageFormat>())
            if (file.File == FileOf(format))
                return format;
        return null;
    }
}

/// <summary>An opened one. The receiver disposes the stream.</summary>
public sealed record OpenedDownload(Stream Content, ImageFormat Format);
