using System.Globalization;
using GoImg.Bench.GoImgItself;
using GoImg.Bench.Processes;

namespace GoImg.Bench.Pipeline;

/// <summary>Who runs: GoImg's two and the others, all with the same photos and quality.</summary>
internal static class Field
{
    public const string EndToEnd = "end-to-end";
    public const string Render = "render";
    public const string Yardstick = "yardstick";
    public const string VipsThumbnail = "vipsthumbnail";
    public const string VipsThumbnailSame = "vipsthumbnail-same";
    public const string VipsThumbnailOfSystem = "vipsthumbnail-system";
    public const string Sharp = "sharp";
    public const string SharpSame = "sharp-same";
    public const string ImageMagick = "imagemagick";

    /// <summary>In the words of the tables.</summary>
    public static readonly IReadOnlyList<(string Name, string Words)> All =
    [
        (EndToEnd, "**GoImg, end to end**: HTTP upload, hash, disk, PostgreSQL, isolation, until ready"),
        (Render, "GoImg's render step alone, isolated as in service"),
        (Yardstick, "a C program with the same calls of libvips"),
        (VipsThumbnail, "the calls of `vipsthumbnail`, four runs, effort 4"),
        (VipsThumbnailSame, "the calls of `vipsthumbnail`, four runs, GoImg's efforts"),
        (VipsThumbnailOfSystem, "`vipsthumbnail` of the system on its own libvips, four runs, GoImg's efforts"),
        (Sharp, "sharp, four pipelines, effort 4 (its default)"),
        (SharpSame, "sharp, four pipelines, GoImg's efforts"),
        (ImageMagick, "ImageMagick, one command for each file and size"),
    ];

    // WebP efforts of GoImg's defaults, largest rendition first
    private static readonly string[] OurEfforts = ["2", "2", "4", "4"];

    /// <summary>Starts one; null for the end-to-end run, which has a server instead. <paramref name="list"/> names the photos.</summary>
    public static Task<Contestant> StartAsync(string name, int cores, string list, Scratch scratch)
    {
        string[] command = name switch
        {
            Render => [Path.Combine(AppContext.BaseDirectory, "GoImg.Bench"), RenderStep.Command, list, cores.ToString(CultureInfo.InvariantCulture)],
            Yardstick => [scratch["yardstick"], list, scratch.NewDirectory()],
            VipsThumbnail => [scratch["thumbnail"], list, scratch.NewDirectory(), "4"],
            VipsThumbnailSame => [scratch["thumbnail"], list, scratch.NewDirectory(), .. OurEfforts],
            VipsThumbnailOfSystem => ["bash", Path.Combine(Workspace.Rivals, "vipsthumbnail.sh"), list, scratch.NewDirectory(), .. OurEfforts],
            Sharp => ["node", Path.Combine(Workspace.Cache, "node", "sharp.mjs"), list, scratch.NewDirectory(), "4"],
            SharpSame => ["node", Path.Combine(Workspace.Cache, "node", "sharp.mjs"), list, scratch.NewDirectory(), .. OurEfforts],
            ImageMagick => ["bash", Path.Combine(Workspace.Rivals, "imagemagick.sh"), list, scratch.NewDirectory()],
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no contestant"),
        };
        return Contestant.StartAsync(cores, command);
    }

    /// <summary>The programs in C, on the libvips that GoImg brings: what they need of GLib is in it.</summary>
    public static async Task BuildAsync(Scratch scratch)
    {
        foreach (var program in new[] { "yardstick", "thumbnail" })
            await Shell.RunAsync(
                "cc",
                "-O2",
                Path.Combine(Workspace.Rivals, program + ".c"),
                "-o",
                scratch[program],
                Workspace.Libvips,
                "-Wl,-rpath," + Path.GetDirectoryName(Workspace.Libvips)
            );
    }
}
