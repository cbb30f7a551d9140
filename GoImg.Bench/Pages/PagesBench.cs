using System.Globalization;
using GoImg.Bench.Results;

namespace GoImg.Bench.Pages;

/// <summary><c>./bench pages</c>: what pages cost over galleries of several sizes, asked in turn in one run, and what becomes of visitors who give up.</summary>
internal static class PagesBench
{
    private static readonly int[] Clients = [1, 16, 64];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ColdTurn = TimeSpan.FromSeconds(10);

    public static async Task<bool> RunAsync(BenchOptions options)
    {
        using var scratch = new Scratch();
        var load = Machine.Load();
        var galleries = new List<PagesGallery>();
        try
        {
            foreach (var rows in options.Rows)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} images"));
                galleries.Add(await PagesGallery.StartAsync(rows, options.GalleryDirectory(rows) ?? scratch.NewDirectory(), scratch.NewDirectory()));
            }

            var measured = new List<Measured>();
            for (var page = 0; page < galleries[0].Pages.Count; page++)
                measured.AddRange(await MeasureAsync(galleries, page));
            var impatience = await ImpatienceAsync(galleries[^1]);
            return Report(options, load, measured, impatience);
        }
        finally
        {
            foreach (var gallery in galleries)
                await gallery.DisposeAsync();
        }
    }

    // Sizes in turn, three times, so that what happens to the machine happens to all of them.
    private static async Task<IReadOnlyList<Measured>> MeasureAsync(List<PagesGallery> galleries, int page)
    {
        foreach (var gallery in galleries)
            await AskAsync(gallery, 4, WarmUp);
        var all = new List<Measured>();
        foreach (var clients in Clients)
        {
            var times = galleries.ConvertAll(_ => new List<Visit>());
            for (var round = 0; round < 3; round++)
            for (var size = 0; size < galleries.Count; size++)
                times[size].Add(await AskAsync(galleries[size], clients, Turn));
            all.Add(new Measured(galleries[0].Pages[page].Kind, clients, times));
            Console.WriteLine($"{all[^1].Kind}, {clients}: {string.Join(" · ", times.Select(t => Series.Text(Join(t).Median)))}");
        }

        return all;

        Task<Visit> AskAsync(PagesGallery gallery, int clients, TimeSpan time) =>
            Visitors.AskAsync(gallery.Pages[page].Asker, gallery.Pages[page].Paths, clients, time);
    }

    /// <summary>Answers a second of 64 who give up after a second, and of 64 who wait; each time nothing is in memory.</summary>
    private static async Task<(double Impatient, double Patient)> ImpatienceAsync(PagesGallery gallery)
    {
        var rates = new List<double>();
        foreach (var patience in new TimeSpan?[] { TimeSpan.FromSeconds(1), null })
        {
            await gallery.RestartColdAsync();
            var paths = gallery.Pages.Where(p => p.Kind is "explore" or "member" or "tag").SelectMany(p => p.Paths).ToList();
            var visit = await Visitors.AskAsync(gallery.Visitor, paths, 64, ColdTurn, patience);
            rates.Add(visit.AnswersASecond);
        }

        return (rates[0], rates[1]);
    }

    private static bool Report(BenchOptions options, double load, List<Measured> measured, (double Impatient, double Patient) impatience)
    {
        var report = new Report();
        report.Heading("Pages");
        report.List([
            $"{Environment.ProcessorCount} cores, {Results.Report.Date}, load {Series.Text(load)} at the start; PostgreSQL, GoImg and the visitors on the same cores",
        ]);
        report.Paragraph(
            "Whole pages as HTML over HTTP, p50 / p95 in milliseconds, and answers a second. The sizes are asked in turn, three times two seconds each, other pages of a kind in each request: explore at any depth, albums of up to 3,000 images, the commonest 200 tags, searches of all kinds, the library of the member who has the most."
        );
        report.Table(
            ["page", "visitors at once", .. options.Rows.Select(rows => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} images"))],
            measured.Select(m =>
                (IReadOnlyList<string>)
                    [
                        m.Kind,
                        m.Clients.ToString(CultureInfo.InvariantCulture),
                        .. m.Visits.Select(v =>
                            $"{Series.Text(Join(v).Median)} / {Series.Text(Join(v).Quantile(0.95))}, {Series.Text(v.Average(x => x.AnswersASecond))}/s{Failures(v)}"
                        ),
                    ]
            )
        );
        var aims = Aims(options, measured, impatience);
        report.Aims(aims);
        report.Paragraph(
            $"Answers a second of 64 visitors after a start of server and database with nothing in their memory (the system's own cache of files stays): {Series.Text(impatience.Impatient)} when they give up after a second, {Series.Text(impatience.Patient)} when they wait."
        );
        Console.WriteLine(report.ToString());
        if (options.Writes)
            report.WriteInto(Path.Combine(Workspace.Repository, "docs", "BENCHMARKS.md"), "pages");
        return aims.TrueForAll(aim => aim.IsReached);
    }

    private static List<Aim> Aims(BenchOptions options, List<Measured> measured, (double Impatient, double Patient) impatience)
    {
        var (least, most) = (options.Rows[0], options.Rows[^1]);
        var aims = new List<Aim>();
        if (options.Rows.Count > 1)
            aims.AddRange(
                measured
                    .Where(m => m.Clients == 1)
                    .Select(m =>
                        Aim.AtMost(
                            "D1",
                            string.Create(CultureInfo.InvariantCulture, $"{m.Kind}, one visitor: median over {most:N0} images against {least:N0}"),
                            1.5,
                            new([.. m.Visits[^1].Zip(m.Visits[0], (large, small) => large.Times.Median / small.Times.Median)])
                        )
                    )
            );
        var explore = measured.Single(m => m is { Kind: "explore", Clients: 16 });
        aims.Add(
            Aim.AtMost(
                "W1",
                string.Create(CultureInfo.InvariantCulture, $"explore over {most:N0} images, 16 visitors: p95"),
                20,
                new([.. explore.Visits[^1].Select(v => v.Times.Quantile(0.95))]),
                " ms"
            )
        );
        aims.Add(
            Aim.AtLeast(
                "W4",
                "nothing in memory: answers to 64 visitors who give up after a second, against 64 who wait",
                0.95,
                new([impatience.Impatient / impatience.Patient])
            )
        );
        return aims;
    }

    private static Series Join(IEnumerable<Visit> visits) => new([.. visits.SelectMany(v => v.Times.Values)]);

    private static string Failures(IReadOnlyList<Visit> visits) => visits.Sum(v => v.Failed) is > 0 and var failed ? $", {failed} failed" : "";

    /// <param name="Visits">Of each size, round by round.</param>
    private sealed record Measured(string Kind, int Clients, IReadOnlyList<IReadOnlyList<Visit>> Visits);
}
