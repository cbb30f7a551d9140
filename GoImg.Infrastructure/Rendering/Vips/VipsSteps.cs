namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>The steps renditions are made of, each one operation of libvips.</summary>
internal static class VipsSteps
{
    /// <summary>Exactly this size (of one frame), as bytes in sRGB or grey; the pixels are in memory then.</summary>
    public static VipsImage Resize(VipsImage image, int width, int height, bool transformProfile)
    {
        var resize = new VipsOperation("thumbnail_image")
            .Set("in", image)
            .Set("width", width)
            .Set("height", height)
            .Options("size=force,no-rotate=true");
        using var resized = (transformProfile ? resize.Options("export-profile=srgb") : resize).BuildImage();
        if (resized.HasBytes)
            return resized.ToMemory();

        using var bytes = new VipsOperation("cast").Set("in", resized).Options("format=uchar").BuildImage();
        return bytes.ToMemory();
    }

    /// <summary>Upright, from EXIF's orientation.</summary>
    public static VipsImage Turn(VipsImage image, int orientation)
    {
        var (angle, direction) = orientation switch
        {
            2 => (null, "horizontal"),
            3 => ("d180", null),
            4 => (null, "vertical"),
            5 => ("d90", "horizontal"),
            6 => ("d90", null),
            7 => ("d90", "vertical"),
            8 => ("d270", null),
            _ => ((string?)null, (string?)null),
        };

        using var rotated = angle is null ? Copy(image) : new VipsOperation("rot").Set("in", image).Options("angle=" + angle).BuildImage();
        using var flipped = direction is null
            ? Copy(rotated)
            : new VipsOperation("flip").Set("in", rotated).Options("direction=" + direction).BuildImage();
        return flipped.ToMemory();
    }

    public static VipsImage Copy(VipsImage image) => new VipsOperation("copy").Set("in", image).BuildImage();

    public static VipsImage FirstFrame(VipsImage animation)
    {
        var height = animation.GetInt("page-height") ?? animation.Height;
        using var frame = new VipsOperation("extract_area")
            .Set("input", animation)
            .Set("left", 0)
            .Set("top", 0)
            .Set("width", animation.Width)
            .Set("height", height)
            .BuildImage();
        var copy = frame.ToMemory();
        copy.RemoveMetadata(keepAnimation: false);
        return copy;
    }

    public static VipsImage OnWhite(VipsImage image) =>
        image.Bands is 2 or 4 ? new VipsOperation("flatten").Set("in", image).Options("background=255").BuildImage() : Copy(image);

    public static byte[] ToWebP(VipsImage image, int quality, int effort) =>
        new VipsOperation("webpsave_buffer").Set("in", image).Set("Q", quality).Set("effort", effort).Options("strip=true").BuildBytes();

    public static byte[] ToJpeg(VipsImage image, int quality) =>
        new VipsOperation("jpegsave_buffer").Set("in", image).Set("Q", quality).Options("optimize-coding=true,strip=true").BuildBytes();
}
