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

    /// <summary>Whether the pixels have to be transformed to sRGB. A profile that does not fit them is dropped instead.</summary>
    public static bool NeedsTransform(ref Image image)
    {
        var profile = image.Bytes("icc-profile-data");
        if (profile.Length == 0)
            return false;

        var space = IccProfile.Space(profile);
        var isFitting =
            space.SequenceEqual("RGB "u8) ? image.Bands is 3 or 4
            : space.SequenceEqual("GRAY"u8) ? image.Bands is 1 or 2
            : space.SequenceEqual("CMYK"u8) && image.Bands is 4 or 5;
        if (isFitting && !IccProfile.IsSrgb(profile))
            return true;

        var bare = image.Without("icc-profile-data");
        image.Dispose();
        image = bare;
        return false;
    }

    private static Image Load(ImageFormat format, Source source, string options) =>
        VipsCall.ToImage(VipsLibrary.LoaderOf(format), options, null, source);
}
