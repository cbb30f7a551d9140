using System.Globalization;
using GoImg.Bench.Checks;
using GoImg.Bench.Memory;
using GoImg.Bench.Photos;
using GoImg.Bench.Results;

namespace GoImg.Bench.Pipeline;

/// <summary><c>./bench pipeline</c>: the whole comparison, and its page.</summary>
internal static class PipelineBench
{
    public static async Task RunAsync(BenchOptions options)
    {
        using var scratch = new Scratch();
        var photos = await PhotosAsync(options);
        var load = Machine.Load();
        await Field.BuildAsync(scratch);

        var races = new List<Race>();
        foreach (var cores in options.Cores)
        {
            var race = new Race(cores, photos.Files);
            races.Add(race);
            await race.RunAsync(Names(options, cores), options.Rounds, scratch);
        }

        var isWhole = options.Only.Count == 0;
        var single = isWhole ? await SinglePhoto.RunAsync(options.Singles, scratch) : default;
        List<Aim> aims = [.. races.SelectMany(PipelineAims.Of), .. PipelineAims.Between(races)];
        if (isWhole)
        {
            aims.Add(
                Aim.AtMost(
                    "P7",
                    $"12 megapixels on an idle server, p95 of {options.Singles}{(single.IsScanned ? ", scanned by clamd" : ", without a scanner: clamd is absent")}",
                    0.25,
                    new([single.Seconds.Quantile(0.95)]),
                    " s"
                )
            );
            aims.Add(await ImageMagickComparison.RunAsync(photos, scratch));
            aims.AddRange(await RenderMemory.RunAsync(options.LongRun, photos));
            aims.Add(await UploadMemory.RunAsync(scratch));
            aims.Add(await Privacy.RunAsync(scratch));
        }

        var report = new Report();
        report.Heading("From upload to rendition");
        report.List([
            .. await Machine.DescribeAsync(),
            $"{Report.Date}, load {Series.Text(load)} at the start",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{photos.Description}, {photos.MeanMiB:0.0} MiB each; {options.Rounds} rounds in alternating order; WebP quality 82 for all"
            ),
        ]);
        report.Paragraph(
            "A ratio is taken within each round, then the median of the rounds (least and most in brackets). GoImg end to end includes what the others leave out: receiving, hashing, an fsync for each file, the database, and render processes without network or files. The program that uploads runs beside it and is not counted."
        );
        report.Aims([.. aims.OrderBy(aim => aim.Name, StringComparer.Ordinal)]);
        foreach (var race in races)
            AddTable(report, race);
        if (isWhole)
            report.Paragraph(
                $"One photo alone: median {Series.Text(single.Seconds.Median)} s, p95 {Series.Text(single.Seconds.Quantile(0.95))} s, worst {Series.Text(single.Seconds.Max)} s."
            );

        Console.WriteLine(report.ToString());
        if (options.Writes)
            report.WriteInto(Path.Combine(Workspace.Repository, "docs", "BENCHMARKS.md"), "pipeline");
    }

    public static Task<PhotoSet> PhotosAsync(BenchOptions options) =>
        options.Photos is { } folder
            ? Task.FromResult(PhotoSet.Of(folder, options.Images))
            : PhotoSet.PaintedAsync(Path.Combine(Workspace.Cache, "photos"), options.Images);

    private static List<string> Names(BenchOptions options, int cores) =>
        [
            .. Field
                .All.Select(f => f.Name)
                // one thread, and too slow for every round
                .Where(name => (name != Field.Yardstick || cores == 1) && name != Field.ImageMagick)
                .Where(name => options.Only.Count == 0 || options.Only.Contains(name)),
        ];

    private static void AddTable(Report report, Race race)
    {
        report.Paragraph(race.Cores == 1 ? "**One core**" : $"**{race.Cores} cores**");
        report.Table(
            ["program", "images/s", "processor seconds an image", "largest process, MiB", "four renditions, KB an image"],
            Field
                .All.Where(f => race.Has(f.Name))
                .Select(f =>
                    (IReadOnlyList<string>)
                        [
                            f.Words,
                            race.ImagesPerSecond(f.Name).ToString(),
                            race.CpuPerImage(f.Name).ToString(),
                            Series.Text(race.PeakMiB(f.Name).Max),
                            Series.Text(race.KilobytesPerImage(f.Name).Median),
                        ]
                )
        );
    }
}
