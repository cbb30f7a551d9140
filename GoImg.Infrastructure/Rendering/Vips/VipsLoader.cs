using System.Globalization;
using GoImg.Core.Rendering;
using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>Opens a file in memory with the loader of its format: libvips' own search for one is never used, it can hang.</summary>
internal static class VipsLoader
{
    /// <param name="source">To be disposed after the image.</param>
    public static Image Open(ImageFormat format, Source source, int frames, int jpegShrink)
    {
        // Policy: no pictures with a grey rest. What libpng only warns of is a wrong checksum, and so a wrong picture; with other formats "error" is no
        // different from "truncated".
        var options = format == ImageFormat.Png ? "access=sequential,fail-on=error" : "access=sequential,fail-on=truncated";
        if (format == ImageFormat.Jpeg && jpegShrink > 1)
            options += string.Create(CultureInfo.InvariantCulture, $",shrink={jpegShrink}");
        if (frames > 1)
            options += ",n=-1";

        var image = Load(format, source, options);
        if (format is not (ImageFormat.Heic or ImageFormat.Avif) || image.Number("heif-primary") is not (> 0 and var primary))
            return image;

        // without a page the first picture in the file is loaded, which need not be the one meant to be shown
        image.Dispose();
        return Load(format, source, string.Create(CultureInfo.InvariantCulture, $"{options},page={primary}"));
    }

    private static Image Load(ImageFormat format, Source source, string options) =>
        VipsCall.ToImage(VipsLibrary.LoaderOf(format), options, null, source);
}
