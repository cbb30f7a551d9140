using System.Text.RegularExpressions;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;

namespace GoImg.Infrastructure.Rendering;

/// <summary>Section <c>Rendering</c>.</summary>
public sealed partial record RenderOptions : IValidatedOptions
{
    public static string Section => "Rendering";

    private const int MaxRenditions = 12;

    /// <summary>Images rendered at once. Default 0: one per processor core. More than cores only costs memory.</summary>
    public int MaxWorkers { get; init; }

    /// <summary>Memory all render processes may need together, in MiB, as estimated from each image's header. An image that needs more
    /// is rendered alone, up to this limit. Default 1536; below about 1000 a large AVIF or HEIC fails.</summary>
    public int MemoryMiB { get; init; } = 1536;

    /// <summary>Images a render process makes before it is replaced. Default 200; 1 gives every image a process of its own for a tenth of a second each.</summary>
    public int ImagesPerWorker { get; init; } = 200;

    /// <summary>Seconds one still image may take before its process is killed. Default 30.</summary>
    public int TimeLimitSeconds { get; init; } = 30;

    /// <summary>The same for an animation. Default 90.</summary>
    public int AnimationTimeLimitSeconds { get; init; } = 90;

    /// <summary>An animation of more frames is shown as its first. Default 150.</summary>
    public int MaxAnimatedFrames { get; init; } = 150;

    /// <summary>An animation whose large rendition has more pixels than this over all frames, in millions, is shown as its first
    /// frame: it is held in memory, 4 bytes a pixel. Default 100.</summary>
    public int MaxAnimatedMegapixels { get; init; } = 100;

    /// <summary>Longest side in pixels of each rendition, by name. thumbnail, small, medium, large and xlarge are always there, at 160, 320, 800, 1600 and
    /// 2560 unless set; others are served by direct links and the API alone. A change renders all images again in the background.</summary>
    public IReadOnlyDictionary<string, int> Renditions { get; init; } = RenditionSet.Defaults;

    /// <summary>Who zooms beyond the largest rendition, and may have the original's pixels, gets them up to this many millions; of a larger picture
    /// a copy scaled down to it. Such a copy is made when it is asked for first. 0 makes none. Default 50, which takes some 600 MiB and 5 seconds.</summary>
    public int MaxFullMegapixels { get; init; } = 50;

    /// <summary>WebP quality, 1 to 100. Default 82.</summary>
    public int QualityPercent { get; init; } = 82;

    /// <summary>Decode a JPEG at the smallest scale that still gives the largest rendition: a fifth less time. Off decodes at least twice as
    /// large and filters in full precision, which only fine regular patterns show. Default on.</summary>
    public bool FastShrink { get; init; } = true;

    /// <summary>The system's libvips, which decodes HEIC and nothing else: a name or a path. Default <c>libvips.so.42</c>, as distributions have it.
    /// Where it is missing or has no decoder, HEIC is refused.</summary>
    public string Library { get; init; } = "libvips.so.42";

    /// <summary><c>auto</c> (the strongest that works here), <c>bwrap</c>, <c>unshare</c> or <c>none</c>. Default auto. A named one that
    /// does not work stops rendering rather than weakening it.</summary>
    public string Isolation { get; init; } = "auto";

    /// <summary>Directory for copies of originals that are worked on and for finished renditions until they are stored. Default empty: the system's temporary directory.</summary>
    public string ScratchPath { get; init; } = "";

    /// <summary>Another program and its arguments instead of this one's render worker, run without isolation. For tests. Default none.</summary>
    public IReadOnlyList<string> WorkerCommand { get; init; } = [];

    internal RenditionSet RenditionSet => new(Renditions);

    internal FullSize FullSize => new(MaxFullMegapixels);

    /// <summary>How many images are rendered at once.</summary>
    internal int Places => MaxWorkers > 0 ? MaxWorkers : Environment.ProcessorCount;

    /// <summary>Every setting above that changes a rendition's bytes belongs in here.</summary>
    public RenditionFingerprint Recipe() =>
        RenditionFingerprint.Of(
            RenditionSet.All,
            [
                $"{nameof(QualityPercent)}={QualityPercent}",
                $"{nameof(FastShrink)}={FastShrink}",
                $"{nameof(MaxAnimatedFrames)}={MaxAnimatedFrames}",
                $"{nameof(MaxAnimatedMegapixels)}={MaxAnimatedMegapixels}",
            ]
        );

    public void Check(OptionRules rules)
    {
        rules.Holds(MaxWorkers is >= 0 and <= 256, "Rendering:MaxWorkers is 0 (one per core) to 256.");
        rules.Holds(MemoryMiB is >= 256 and <= 1_048_576, "Rendering:MemoryMiB is at least 256 and at most 1048576.");
        rules.Holds(ImagesPerWorker is >= 1 and <= 1_000_000, "Rendering:ImagesPerWorker is at least 1 and at most 1000000.");
        rules.Holds(TimeLimitSeconds is >= 1 and <= 3600, "Rendering:TimeLimitSeconds is 1 to 3600.");
        rules.Holds(AnimationTimeLimitSeconds is >= 1 and <= 3600, "Rendering:AnimationTimeLimitSeconds is 1 to 3600.");
        rules.Holds(
            MaxAnimatedFrames is >= 1 and <= 100_000,
            "Rendering:MaxAnimatedFrames is at least 1 (which shows every animation as its first frame) and at most 100000."
        );
        rules.Holds(MaxAnimatedMegapixels is >= 1 and <= 1000, "Rendering:MaxAnimatedMegapixels is 1 to 1000.");
        rules.Holds(QualityPercent is >= 1 and <= 100, "Rendering:QualityPercent is 1 to 100.");
        rules.Holds(Isolation is "auto" or "bwrap" or "unshare" or "none", "Rendering:Isolation is auto, bwrap, unshare or none.");
        rules.Holds(Library.Length > 0, "Rendering:Library names the system's libvips, as in libvips.so.42.");
        rules.MayBeDirectory(ScratchPath);
        rules.Range(MaxFullMegapixels, 0, 200, "none");
        CheckRenditions(rules);
    }

    private void CheckRenditions(OptionRules rules)
    {
        rules.Holds(Renditions.Count <= MaxRenditions, $"Rendering:Renditions has {Renditions.Count} entries; it takes {MaxRenditions}.");
        foreach (var (name, side) in Renditions)
        {
            rules.Holds(
                RenditionName().IsMatch(name) && !RenditionSet.Reserved.Contains(name),
                $"Rendering:Renditions:{name} can't be the name of a rendition; it takes 1 to 16 lower-case letters and digits, and none of: {string.Join(", ", RenditionSet.Reserved)}."
            );
            rules.Range(side, 16, Rendition.MaxLongSidePx, key: $"{nameof(Renditions)}:{name}");
        }

        foreach (var (smaller, larger) in RenditionSet.Needed.Zip(RenditionSet.Needed.Skip(1)))
            rules.Holds(
                !Renditions.TryGetValue(smaller, out var less) || !Renditions.TryGetValue(larger, out var more) || less < more,
                $"Rendering:Renditions:{smaller} must be smaller than Rendering:Renditions:{larger}."
            );
    }

    [GeneratedRegex("^[a-z][a-z0-9]{0,15}$", RegexOptions.NonBacktracking)]
    private static partial Regex RenditionName();
}
