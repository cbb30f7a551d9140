using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>Opens a file in memory with the loader of its format: libvips' own search for one is never used, it can hang.</summary>
internal static unsafe class VipsLoader
{
    public static VipsImage Open(ImageFormat format, nint data, long length, int frames, int jpegShrink)
    {
        // policy: no pictures with a grey rest
        var options = "access=sequential,fail-on=truncated";
        if (format == ImageFormat.Jpeg && jpegShrink > 1)
            options += $",shrink={jpegShrink}";
        if (frames > 1)
            options += ",n=-1";

        var image = Load(format, data, length, options);
        if (format is ImageFormat.Heic or ImageFormat.Avif && image.GetInt("heif-primary") is { } primary and > 0)
        {
            // without a page the first picture in the file is loaded, which need not be the one meant to be shown
            image.Dispose();
            return Load(format, data, length, $"{options},page={primary}");
        }

        return image;
    }

    /// <summary>Whether the pixels have to be transformed to sRGB. A profile that does not fit them is dropped instead.</summary>
    public static bool NeedsTransform(ref VipsImage image)
    {
        var profile = image.GetBlob("icc-profile-data");
        if (profile.IsEmpty)
            return false;

        var space = IccProfile.Space(profile);
        var isFitting =
            space.SequenceEqual("RGB "u8) ? image.Bands is 3 or 4
            : space.SequenceEqual("GRAY"u8) ? image.Bands is 1 or 2
            : space.SequenceEqual("CMYK"u8) && image.Bands is 4 or 5;
        if (isFitting && !IccProfile.IsSrgb(profile))
            return true;

        var bare = VipsSteps.Copy(image);
        bare.Remove("icc-profile-data");
        image.Dispose();
        image = bare;
        return false;
    }

    /// <summary>libjpeg goes on with grey after most faults and only notes them, which <c>fail-on</c> does not tell apart: bytes between
    /// segments are harmless and common, anything else in the data costs part of the picture.</summary>
    public static void CheckWhole(ImageFormat format, string notes)
    {
        foreach (var note in notes.Split('\n'))
            if (
                format == ImageFormat.Jpeg
                && (note.Contains("Corrupt JPEG data", StringComparison.Ordinal) || note.Contains("Premature end", StringComparison.Ordinal))
                && !note.Contains("extraneous", StringComparison.Ordinal)
            )
                throw new VipsException(note);
    }

    private static VipsImage Load(ImageFormat format, nint data, long length, string options) =>
        new VipsOperation(VipsLibrary.LoaderOf(format)).Set("buffer", (void*)data, (nuint)length).Options(options).BuildImage();
}
