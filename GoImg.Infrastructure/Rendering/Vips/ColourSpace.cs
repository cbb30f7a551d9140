using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>What becomes of an original's colours: renditions are sRGB.</summary>
internal static class ColourSpace
{
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
}
