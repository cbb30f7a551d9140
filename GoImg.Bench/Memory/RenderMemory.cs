using System.Globalization;
using GoImg.Bench.Photos;
using GoImg.Bench.Processes;
using GoImg.Bench.Results;

namespace GoImg.Bench.Memory;

/// <summary>What render processes need: for the largest photo allowed, and after a long day.</summary>
internal static class RenderMemory
{
    private const string Worker = "GoImg.Web";
    private const double BytesPerProgressivePixel = 4;

    /// <summary>M1, and M2 unless <paramref name="longRun"/> is 0.</summary>
    public static async Task<IReadOnlyList<Aim>> RunAsync(int longRun, PhotoSet photos)
    {
        var (baseline, progressive) = await LargestAsync();
        var (above, aboveProgressive) = (await AboveIdleAsync(baseline), await AboveIdleAsync(progressive));
        List<Aim> aims =
        [
            Aim.AtMost("M1", "memory of a render process above idle, 96-megapixel baseline JPEG", 60, new([above]), " MiB"),
            Aim.AtMost(
                "M1 b",
                "the same, 24-megapixel progressive JPEG: 60 MiB and 4 bytes a pixel",
                60 + 6000 * 4000 * BytesPerProgressivePixel / (1 << 20),
                new([aboveProgressive]),
                " MiB"
            ),
        ];
        if (longRun > 0)
            aims.Add(
                Aim.AtMost(
                    "M2",
                    string.Create(CultureInfo.InvariantCulture, $"two render processes together after {longRun} photos, at their peak"),
                    300,
                    new([await AfterAsync(longRun, photos)]),
                    " MiB"
                )
            );
        return aims;
    }

    private static async Task<(string Baseline, string Progressive)> LargestAsync()
    {
        var cache = Path.Combine(Workspace.Cache, "photos");
        var one = await PhotoSet.PaintAsync(cache, "painted-00-4000x3000", 4000, 3000, 0);
        var baseline = Path.Combine(cache, "tiled-8000x12000.jpg");
        if (!File.Exists(baseline))
            await Shell.RunAsync("vips", "replicate", one, baseline + "[Q=85]", "2", "4");
        return (baseline, await PhotoSet.PaintAsync(cache, "progressive-6000x4000", 6000, 4000, 5));
    }

    private static async Task<double> AboveIdleAsync(string photo)
    {
        await using var renderer = await RunningRenderer.StartAsync(workers: 1);
        await renderer.RenderAsync(await PhotoSet.PaintAsync(Path.Combine(Workspace.Cache, "photos"), "painted-small", 640, 480, 0));
        var idle = renderer.Tree.Memory(Worker).Max(p => p.MiB);
        renderer.Tree.ResetPeaks();
        await renderer.RenderAsync(photo);
        return renderer.Tree.Memory(Worker).Max(p => p.PeakMiB) - idle;
    }

    private static async Task<double> AfterAsync(int count, PhotoSet photos)
    {
        await using var renderer = await RunningRenderer.StartAsync(workers: 2);
        // the processes' own recycling is part of what is promised, so the worst sum on the way counts
        double worst = 0;
        for (var done = 0; done < count; done += photos.Files.Count)
        {
            await Parallel.ForEachAsync(
                photos.Files,
                new ParallelOptions { MaxDegreeOfParallelism = 2 },
                async (photo, _) => await renderer.RenderAsync(photo)
            );
            worst = Math.Max(worst, renderer.Tree.Memory(Worker).Where(p => p.PeakMiB > 20).Sum(p => p.PeakMiB));
        }

        return worst;
    }
}
