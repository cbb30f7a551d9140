using GoImg.Bench.Memory;
using GoImg.Bench.Pipeline;
using GoImg.Bench.Results;

namespace GoImg.Bench.Checks;

/// <summary><c>./bench check</c>: ratios of processor time, memory and bytes, which do not depend on the machine.</summary>
internal static class CheckBench
{
    // enough for ratios that differ by a few percent from run to run
    private const int MaxRounds = 3;
    private const int MaxImages = 16;

    public static async Task<bool> RunAsync(BenchOptions options)
    {
        using var scratch = new Scratch();
        var photos = await PipelineBench.PhotosAsync(options with { Images = Math.Min(options.Images, MaxImages) });
        await Field.BuildAsync(scratch);
        var one = new Race(1, photos.Files);
        await one.RunAsync(
            [Field.Render, Field.Yardstick, Field.VipsThumbnail, Field.VipsThumbnailSame],
            Math.Min(options.Rounds, MaxRounds),
            scratch
        );
        List<Race> races = [one];
        if (Environment.ProcessorCount > 1)
        {
            races.Add(new Race(2, photos.Files));
            await races[1].RunAsync([Field.Render], Math.Min(options.Rounds, MaxRounds), scratch);
        }

        List<Aim> aims =
        [
            .. races.SelectMany(PipelineAims.Of),
            .. PipelineAims.Between(races),
            await ImageMagickComparison.RunAsync(photos, scratch),
            .. await RenderMemory.RunAsync(longRun: 0, photos),
            await UploadMemory.RunAsync(scratch),
            await Privacy.RunAsync(scratch),
        ];
        var report = new Report();
        report.Aims(aims);
        Console.WriteLine(report.ToString());
        return aims.TrueForAll(aim => aim.IsReached);
    }
}
