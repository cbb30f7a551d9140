namespace GoImg.Core.Rendering;

/// <summary>What GoImg accepts, decided by content alone.</summary>
public enum ImageFormat
{
    Jpeg,
    Png,
    Gif,
    WebP,
    Avif,
    Heic,
    Tiff,
}

public static class ImageFormats
{
    /// <summary>For people, in the order of the limits page.</summary>
    public static string Accepted => ImageFileErrorTexts.Accepted;

    public static string MediaType(this ImageFormat format) =>
        format switch
        {
            ImageFormat.Jpeg => "image/jpeg",
            ImageFormat.Png => "image/png",
            ImageFormat.Gif => "image/gif",
            ImageFormat.WebP => "image/webp",
            ImageFormat.Avif => "image/avif",
            ImageFormat.Heic => "image/heic",
            ImageFormat.Tiff => "image/tiff",
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };

    /// <summary>Usual file name extension, without the dot.</summary>
    public static string Extension(this ImageFormat format) =>
        format switch
        {
            ImageFormat.Jpeg => "jpg",
            ImageFormat.Png => "png",
            ImageFormat.Gif => "gif",
            ImageFormat.WebP => "webp",
            ImageFormat.Avif => "avif",
            ImageFormat.Heic => "heic",
            ImageFormat.Tiff => "tiff",
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
}
