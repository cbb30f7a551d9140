using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>What an image of libvips carries beside its pixels.</summary>
internal static class ImageMetadata
{
    // what saving an animation needs
    private static readonly string[] AnimationFields = ["n-pages", "page-height", "delay", "loop", "gif-loop"];

    /// <summary>Null when it has no such number.</summary>
    public static int? Number(this Image image, string field) => image.Contains(field) && image.Get(field) is int number ? number : null;

    /// <summary>Empty when it has no such bytes.</summary>
    public static byte[] Bytes(this Image image, string field) => image.Contains(field) && image.Get(field) is byte[] bytes ? bytes : [];

    /// <summary>The same pixels without this field.</summary>
    public static Image Without(this Image image, string field) => image.Mutate(copy => copy.Remove(field));

    /// <summary>The same pixels alone: everything beside them goes, known or not; what an animation is timed by stays if asked for.</summary>
    public static Image Bare(this Image image, bool keepAnimation) =>
        image.Mutate(copy =>
        {
            foreach (var field in image.GetFields())
                if (!(keepAnimation && AnimationFields.Contains(field)))
                    copy.Remove(field);
        });
}
