using System.Diagnostics;
using System.Globalization;
using GoImg.Bench.Results;

namespace GoImg.Bench.Search;

/// <summary><c>./bench search</c>: what a page of results costs, over galleries of several sizes in one run.</summary>
internal static class SearchBench
{
    private const double MostMilliseconds = 50;
    private static readonly string[] Orders = ["best", "newest"];

    public static async Task<bool> RunAsync(BenchOptions options)
    {
        using var scratch = new Scratch();
        var load = Machine.Load();
        var sizes = new List<Size>();
        foreach (var rows in options.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} images"));
            sizes.Add(await MeasureAsync(rows, options.GalleryDirectory(rows) ?? scratch.NewDirectory()));
        }

        var report = new Report();
        report.Heading("Search");
        report.List([
            $"{Environment.ProcessorCount} cores, {Report.Date}, load {Series.Text(load)} at the start",
            .. sizes.Select(s =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{s.Rows:N0} images: {(s.Indexing is { } took ? $"indexed by the jobs at {s.Rows / took.TotalSeconds:0} a second" : "indexed by an earlier run")}; image_search {s.TableMiB:0} MiB, its index {s.IndexMiB:0} MiB"
                )
            ),
        ]);
        report.Paragraph(
            $"A page of 60 as a visitor gets it, with everything in this process: parsing, the statements, the tiles. {SearchQueries.EachKind} searches of a kind, each asked twice and taken the second time; p50 / p95 in milliseconds. 50,000 words by Zipf's law: the commonest is in every second image."
        );
        report.Table(
            ["kind", .. sizes.SelectMany(s => Orders.Select(order => string.Create(CultureInfo.InvariantCulture, $"{s.Rows:N0}, {order}")))],
            SearchQueries
                .All()
                .Select(
                    (kind, i) =>
                        (IReadOnlyList<string>)
                            [
                                kind.Kind,
                                .. sizes.SelectMany(s =>
                                    s.Kinds[i].Select(series => $"{Series.Text(series.Median)} / {Series.Text(series.Quantile(0.95))}")
                                ),
                            ]
                )
        );
        var aims = Aims(sizes);
        report.Aims(aims);
        Console.WriteLine(report.ToString());
        if (options.Writes)
            report.WriteInto(Path.Combine(Workspace.Repository, "docs", "BENCHMARKS.md"), "search");
        return aims.TrueForAll(aim => aim.IsReached);
    }

    private static List<Aim> Aims(List<Size> sizes)
    {
        var (least, most) = (sizes[0], sizes[^1]);
        var aims = new List<Aim>
        {
            Aim.AtMost(
                "S1",
                string.Create(CultureInfo.InvariantCulture, $"p95 of all searches over {most.Rows:N0} images"),
                MostMilliseconds,
                new([most.All.Quantile(0.95)]),
                " ms"
            ),
        };
        if (sizes.Count > 1)
            aims.Add(
                Aim.AtMost(
                    "S2",
                    string.Create(CultureInfo.InvariantCulture, $"the same against that over {least.Rows:N0}, of the same run"),
                    10,
                    new([most.All.Quantile(0.95) / least.All.Quantile(0.95)])
                )
            );
        return aims;
    }

    private static async Task<Size> MeasureAsync(int rows, string directory)
    {
        await using var gallery = await SearchGallery.StartAsync(directory);
        var indexing = await gallery.FillAsync(rows);
        var kinds = new List<IReadOnlyList<Series>>();
        foreach (var (_, typed) in SearchQueries.All())
        {
            var orders = new List<Series>();
            foreach (var order in Orders)
                orders.Add(await TimeAsync(gallery, typed.Select(text => $"{text} sort:{order}")));
            kinds.Add(orders);
        }

        return new Size(rows, indexing, await gallery.MiBAsync("image_search"), await gallery.MiBAsync("ix_image_search_document"), kinds);
    }

    private static async Task<Series> TimeAsync(SearchGallery gallery, IEnumerable<string> typed)
    {
        var times = new List<double>();
        foreach (var text in typed)
        {
            await gallery.FindAsync(text);
            var clock = Stopwatch.GetTimestamp();
            await gallery.FindAsync(text);
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        return new Series(times);
    }

    private sealed record Size(int Rows, TimeSpan? Indexing, double TableMiB, double IndexMiB, IReadOnlyList<IReadOnlyList<Series>> Kinds)
    {
        public Series All => new([.. Kinds.SelectMany(orders => orders).SelectMany(series => series.Values)]);
    }
}
