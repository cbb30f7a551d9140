using GoImg.Infrastructure.Rendering.Containers;
using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>The tiny picture that stands in a page until the picture itself comes: a WebP of at most <see cref="MaxBytes"/>.</summary>
internal static class Placeholder
{
    private const int MaxBytes = 400;

    public static byte[] Of(Image image)
    {
        foreach (var (side, quality) in new[] { (24, 40), (20, 30), (16, 20), (12, 10), (8, 5), (4, 1) })
        {
            using var small = VipsSteps.Shrink(image, side);
            var bytes = WebPMetadata.Strip(VipsSteps.ToWebP(small, quality, effort: 4));
            if (bytes.Length <= MaxBytes)
                return bytes;
        }

        throw new UnreadablePictureException("No placeholder is small enough.");
    }
}
