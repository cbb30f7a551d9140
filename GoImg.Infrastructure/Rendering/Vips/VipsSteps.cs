using System.Globalization;
using GoImg.Core.Rendering;
using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>The steps renditions are made of, each one operation of libvips. What they answer carries no metadata, and the caller disposes it.</summary>
internal static class VipsSteps
{
    /// <summary>Exactly this size (of one frame), as bytes in sRGB or grey; the pixels are in memory then, and faults in them have shown.</summary>
    public static Image Resize(Image image, int width, int height, bool transformProfile, bool keepAnimation)
    {
        var options = Text($"height={height},size=force,no-rotate=true{(transformProfile ? ",export-profile=srgb" : "")}");
        using var resized = VipsCall.ToImage("thumbnail_image", options, image, width);
        if (resized.Format == Enums.BandFormat.Uchar)
            return InMemory(resized, keepAnimation);

        using var bytes = VipsCall.ToImage("cast", "", resized, Enums.BandFormat.Uchar);
        return InMemory(bytes, keepAnimation);
    }

    /// <summary>Until its longest side has so many pixels.</summary>
    public static Image Shrink(Image image, int side)
    {
        var (width, height) = Rendition.Scale(image.Width, image.Height, side / (double)Math.Max(image.Width, image.Height));
        return Resize(image, width, height, transformProfile: false, keepAnimation: false);
    }

    /// <summary>Upright, from EXIF's orientation 2 to 8.</summary>
    public static Image Turn(Image image, int orientation, bool keepAnimation)
    {
        var (angle, direction) = orientation switch
        {
            2 => (null, (Enums.Direction?)Enums.Direction.Horizontal),
            3 => (Enums.Angle.D180, null),
            4 => (null, Enums.Direction.Vertical),
            5 => (Enums.Angle.D90, Enums.Direction.Horizontal),
            6 => (Enums.Angle.D90, null),
            7 => (Enums.Angle.D90, Enums.Direction.Vertical),
            8 => (Enums.Angle.D270, null),
            _ => ((Enums.Angle?)null, (Enums.Direction?)null),
        };

        using var rotated = angle is null ? null : VipsCall.ToImage("rot", "", image, angle);
        using var flipped = direction is null ? null : VipsCall.ToImage("flip", "", rotated ?? image, direction);
        return InMemory(flipped ?? rotated ?? image, keepAnimation);
    }

    public static Image FirstFrame(Image animation)
    {
        var height = animation.Number("page-height") ?? animation.Height;
        using var frame = VipsCall.ToImage("extract_area", "", animation, 0, 0, animation.Width, height);
        return InMemory(frame, keepAnimation: false);
    }

    /// <summary>In memory, with white where it was clear.</summary>
    public static Image OnWhite(Image image)
    {
        using var opaque = image.Bands is 2 or 4 ? VipsCall.ToImage("flatten", "background=255", image) : null;
        return InMemory(opaque ?? image, keepAnimation: false);
    }

    public static byte[] ToWebP(Image image, int quality, int effort) =>
        VipsCall.ToBytes("webpsave_buffer", Text($"Q={quality},effort={effort},strip=true"), image);

    public static byte[] ToJpeg(Image image, int quality) =>
        VipsCall.ToBytes("jpegsave_buffer", Text($"Q={quality},optimize-coding=true,strip=true"), image);

    private static Image InMemory(Image image, bool keepAnimation)
    {
        // before the pixels are made: an image in memory would be copied once more
        using var bare = image.Bare(keepAnimation);
        return bare.CopyMemory();
    }

    private static string Text(FormattableString options) => options.ToString(CultureInfo.InvariantCulture);
}
