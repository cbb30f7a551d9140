using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;

namespace GoImg.Infrastructure.Rendering;

/// <summary>How an image will be rendered, decided from its header: sizes, frames, and what that may cost.</summary>
internal sealed record RenderPlan(ImageHeader Header, bool IsAnimated, IReadOnlyList<RenderSize> Sizes, long MemoryBytes, TimeSpan TimeLimit)
{
    // effort 2 costs half of 4's time and 3 % of bytes; below 400 px nothing costs much
    private const int EffortFromPx = 400;

    // what the process has before its first image: runtime, libvips and its modules
    private const long IdleBytes = 64L << 20;
    private const long LimitMargin = 256L << 20;

    // libwebp asks for 20 bytes a pixel and uses 8; the kernel counts what is asked for
    private const int WebPReserve = 12;

    /// <summary>Where the kernel stops it: well above the estimate, which keeps the others' memory safe, and far below what a bomb needs.</summary>
    private long LimitBytes =>
        LimitMargin + (MemoryBytes + (Header.Format == ImageFormat.WebP ? (long)Header.WidthPx * Header.HeightPx * WebPReserve : 0)) * 3 / 2;

    public static RenderPlan For(ImageHeader header, long inputLength, RenderOptions options)
    {
        var (width, height) = header.UprightSize;
        var isAnimated = header.IsAnimated && header.Frames <= options.MaxAnimatedFrames && Animates(Rendition.All[0].SizeOf(width, height));
        var sizes = Rendition
            .All.Select(rendition =>
            {
                var (w, h) = rendition.SizeOf(width, height);
                var animates = isAnimated && rendition.MaxSidePx > Rendition.Thumbnail.MaxSidePx;
                return new RenderSize(w, h, options.QualityPercent, rendition.MaxSidePx >= EffortFromPx ? 2 : 4, animates);
            })
            .ToList();

        var memory = IdleBytes + inputLength + Decoding(header) + Resizing(sizes[0], isAnimated ? header.Frames : 1);
        var seconds = header.IsAnimated ? options.AnimationTimeLimitSeconds : options.TimeLimitSeconds;
        return new RenderPlan(header, isAnimated, sizes, memory, TimeSpan.FromSeconds(seconds));

        bool Animates((int Width, int Height) size) => (long)size.Width * size.Height * header.Frames <= options.MaxAnimatedMegapixels * 1_000_000L;
    }

    public RenderRequest ToRequest(long inputLength, RenderOptions options)
    {
        // libheif turns by the container's own properties while it decodes
        var isTurnedByDecoder = Header.Format is ImageFormat.Avif or ImageFormat.Heic;
        var (width, height) = isTurnedByDecoder ? Header.UprightSize : (Header.WidthPx, Header.HeightPx);
        return new RenderRequest
        {
            Format = Header.Format,
            InputLength = inputLength,
            WidthPx = width,
            HeightPx = height,
            Frames = IsAnimated ? Header.Frames : 1,
            Orientation = isTurnedByDecoder ? 1 : Header.Orientation,
            MemoryBytes = Math.Min(LimitBytes, RenderLaunch.MemoryLimit(options)),
            CpuSeconds = (int)TimeLimit.TotalSeconds,
            IsFast = options.FastShrink,
            Sizes = Sizes,
        };
    }

    /// <summary>What decoders hold at once, by measurement: baseline JPEG and PNG a few lines, the rest whole pictures.</summary>
    private static long Decoding(ImageHeader header)
    {
        var pixels = (long)header.WidthPx * header.HeightPx;
        return header.Format switch
        {
            ImageFormat.Jpeg => header.IsProgressive ? pixels * 6 : header.WidthPx * 512L,
            ImageFormat.Png => header.IsProgressive ? pixels * 8 : header.WidthPx * 512L,
            ImageFormat.Avif => pixels * 20,
            ImageFormat.Heic => pixels * 12,
            ImageFormat.Gif => pixels * 12,
            _ => pixels * 8,
        };
    }

    private static long Resizing(RenderSize largest, int frames) => (long)largest.WidthPx * largest.HeightPx * frames * 4 * 3;
}
