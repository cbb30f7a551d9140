using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;

namespace GoImg.Infrastructure.Rendering;

/// <summary>How an image will be rendered, decided from its header: sizes, frames, and what that may cost.</summary>
/// <param name="Renditions">What is made, largest first: those without a smaller one of the same size.</param>
internal sealed record RenderPlan(
    ImageHeader Header,
    bool IsAnimated,
    IReadOnlyList<(Rendition Rendition, RenderSize Size)> Renditions,
    long MemoryBytes,
    TimeSpan TimeLimit
)
{
    // effort 2 costs half of 4's time and 3 % of bytes; below 400 px nothing costs much
    private const int EffortFromPx = 400;

    // somebody waits for it, and it is seldom looked at
    private const int FullSizeEffort = 1;

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
        var set = options.RenditionSet;
        var isAnimated = header.IsAnimated && header.Frames <= options.MaxAnimatedFrames && Animates(set.Large);
        var renditions = set
            // what is larger than large is left out rather than that the animation stands still
            .All.Where(rendition => !isAnimated || Animates(rendition))
            .Select(rendition => (Rendition: rendition, Size: SizeOf(rendition)))
            .ToList();
        var distinct = renditions.Where((made, i) => i + 1 == renditions.Count || made.Size != renditions[i + 1].Size).ToList();

        var memory = IdleBytes + inputLength + Decoding(header) + Resizing(distinct[0].Size, isAnimated ? header.Frames : 1);
        var seconds = header.IsAnimated ? options.AnimationTimeLimitSeconds : options.TimeLimitSeconds;
        return new RenderPlan(header, isAnimated, distinct, memory, TimeSpan.FromSeconds(seconds));

        bool Animates(Rendition rendition)
        {
            var (w, h) = rendition.SizeOf(width, height);
            return (long)w * h * header.Frames <= options.MaxAnimatedMegapixels * 1_000_000L;
        }

        RenderSize SizeOf(Rendition rendition)
        {
            var (w, h) = rendition.SizeOf(width, height);
            return new RenderSize(w, h, options.QualityPercent, EffortFor(w, h), isAnimated && rendition != set.Thumbnail);
        }
    }

    /// <summary>The original's own pixels alone.</summary>
    public static RenderPlan ForFullSize(ImageHeader header, long inputLength, RenderOptions options)
    {
        // for zooming it can be off; for who downloads a format that is encoded anew it is made all the same
        var full = options.FullSize.MaxMegapixels > 0 ? options.FullSize : new RenderOptions().FullSize;
        var (width, height) = full.SizeOf(header.UprightSize.WidthPx, header.UprightSize.HeightPx);
        var size = new RenderSize(width, height, options.QualityPercent, FullSizeEffort, IsAnimated: false);
        var memory = IdleBytes + inputLength + Decoding(header) + Resizing(size, frames: 1);
        var made = (new Rendition(FullSize.Name, Math.Max(width, height)), size);
        return new RenderPlan(header, IsAnimated: false, [made], memory, TimeSpan.FromSeconds(options.TimeLimitSeconds));
    }

    private static int EffortFor(int width, int height) => Math.Max(width, height) >= EffortFromPx ? 2 : 4;

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
            Sizes = [.. Renditions.Select(made => made.Size)],
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
