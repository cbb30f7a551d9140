using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Containers;
using GoImg.Infrastructure.Rendering.JpegData;
using GoImg.Infrastructure.Rendering.Protocol;
using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>Decodes once at the largest size and makes every smaller one from the next larger, in memory.</summary>
internal static class RenderPipeline
{
    private const int JpegQuality = 82;

    // by measurement with rings of every fineness: below it a moiré shows
    private const double LeastResize = 1.2;

    public static RenderResponse Render(RenderRequest request, ReadOnlySpan<byte> file)
    {
        var (largest, isAnimated) = Decode(request, file);
        var files = new List<byte[]>();
        var current = largest;
        var isFirst = true;
        try
        {
            foreach (var size in request.Sizes)
            {
                if (!isFirst)
                    current = Replace(
                        current,
                        VipsSteps.Resize(current, size.WidthPx, size.HeightPx, transformProfile: false, keepAnimation: isAnimated)
                    );
                if (isAnimated && !size.IsAnimated)
                    (current, isAnimated) = (Replace(current, VipsSteps.FirstFrame(current)), false);
                files.Add(WebPMetadata.Strip(VipsSteps.ToWebP(current, size.QualityPercent, size.Effort)));
                isFirst = false;
            }

            if (isAnimated)
                current = Replace(current, VipsSteps.FirstFrame(current));
            var (hash, colour) = Print(current);
            return RenderResponse.Rendered(hash, colour, [Placeholder.Of(current), .. files]);
        }
        finally
        {
            current.Dispose();
        }
    }

    public static RenderResponse Transcode(ReadOnlySpan<byte> file)
    {
        using var source = Source.NewFromMemory(file);
        using var image = VipsLoader.Open(ImageFormat.WebP, source, frames: 1, jpegShrink: 1);
        using var opaque = VipsSteps.OnWhite(image);
        return RenderResponse.Transcoded(VipsSteps.ToJpeg(opaque, JpegQuality));
    }

    private static (Image Image, bool IsAnimated) Decode(RenderRequest request, ReadOnlySpan<byte> file)
    {
        var first = request.Sizes[0];
        var (width, height) = request.IsTurned ? (first.HeightPx, first.WidthPx) : (first.WidthPx, first.HeightPx);
        var (shrink, isAnimated) = (JpegShrink(request, width), request.Frames > 1);
        // policy: no guesses
        if (request.Format == ImageFormat.Jpeg && JpegDataCheck.Find(file) is not JpegFault.None and var fault)
            throw new UnreadablePictureException($"The JPEG's data have a fault: {fault}.");

        using var source = Source.NewFromMemory(file);
        var image = VipsLoader.Open(request.Format, source, request.Frames, shrink);
        try
        {
            CheckSize(request, image, shrink);
            var transform = ColourSpace.NeedsTransform(ref image);
            var small = VipsSteps.Resize(image, width, height, transform, isAnimated);
            return (request.Orientation == 1 ? small : Replace(small, VipsSteps.Turn(small, request.Orientation, isAnimated)), isAnimated);
        }
        finally
        {
            image.Dispose();
        }
    }

    /// <summary>JPEG can decode at 1/2, 1/4 or 1/8. Something is always left to the resize: what is finer than the decoder's scale can show folds
    /// into its finest quarter, and the resize takes that away. Twice as much is left unless speed is asked for.</summary>
    private static int JpegShrink(RenderRequest request, int width)
    {
        var factor = request.WidthPx / (width * (request.IsFast ? LeastResize : 2));
        return request.Format != ImageFormat.Jpeg ? 1
            : factor >= 8 ? 8
            : factor >= 4 ? 4
            : factor >= 2 ? 2
            : 1;
    }

    /// <summary>The decoder has to see the picture the inspector saw: limits were judged by the inspector's numbers.</summary>
    private static void CheckSize(RenderRequest request, Image image, int shrink)
    {
        var height = request.Frames > 1 ? image.Number("page-height") ?? image.Height : image.Height;
        if (!IsSame(request.WidthPx, image.Width) || !IsSame(request.HeightPx, height))
            throw new UnreadablePictureException(
                $"It decodes to {image.Width}×{height} at 1/{shrink} but declares {request.WidthPx}×{request.HeightPx}."
            );

        // how a fraction is rounded is the decoder's affair
        bool IsSame(int declared, int decoded) => shrink == 1 ? declared == decoded : Math.Abs(declared - (long)decoded * shrink) <= shrink;
    }

    private static (long Hash, int Colour) Print(Image image)
    {
        using var tiny = VipsSteps.Resize(image, Fingerprint.HashWidth, Fingerprint.HashHeight, transformProfile: false, keepAnimation: false);
        using var small = VipsSteps.Shrink(image, 32);
        return (
            Fingerprint.DifferenceHash(tiny.WriteToMemory<byte>(), tiny.Bands),
            Fingerprint.DominantColor(small.WriteToMemory<byte>(), small.Bands)
        );
    }

    private static Image Replace(Image old, Image next)
    {
        old.Dispose();
        return next;
    }
}
