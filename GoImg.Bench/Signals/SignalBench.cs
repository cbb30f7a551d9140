using System.Globalization;
using GoImg.Bench.Results;
using GoImg.Core.Accounts;
using GoImg.EmbeddedPostgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace GoImg.Bench.Signals;

/// <summary><c>./bench signals</c>: what it takes to tell another node of a change, by PostgreSQL's notifications and by Redis, in turn in one run.</summary>
internal static class SignalBench
{
    private const int Each = 200;
    private const int AtOnce = 16;

    public static async Task RunAsync(BenchOptions options)
    {
        using var scratch = new Scratch();
        var load = Machine.Load();
        await using var postgres = await EmbeddedServer.StartAsync(
            new EmbeddedPostgresOptions { DataPath = scratch.NewDirectory() },
            NullLogger.Instance,
            CancellationToken.None
        );
        await using var redis = await RedisProcess.StartAsync(scratch.NewDirectory());
        await using var byDatabase = await SignalPair.StartAsync(postgres.ConnectionString, redis: null);
        await using var byRedis = await SignalPair.StartAsync(postgres.ConnectionString, redis.Address);
        (string Way, SignalPair Pair, List<double> Heard, List<double> Burst)[] ways =
        [
            ("PostgreSQL NOTIFY", byDatabase, [], []),
            ("Redis pub/sub", byRedis, [], []),
        ];

        foreach (var (_, pair, _, _) in ways)
            await pair.TellAsync(MemberId.New(), Each);
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (_, pair, heard, burst) in ways)
            {
                heard.Add((await pair.TellAsync(MemberId.New(), Each)).Median);
                burst.Add(Each * AtOnce / (await pair.BurstAsync(MemberId.New(), Each, AtOnce)).TotalSeconds);
            }
        }

        var report = new Report();
        report.Heading("Signals");
        report.List([
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} cores, {Report.Date}, load {Series.Text(load)} at the start; {options.Rounds} rounds in turn"
            ),
            "PostgreSQL as GoImg starts it for itself, Redis in memory alone, both on this machine",
        ]);
        report.Table(
            ["way", "from the change to who hears of it, ms (p50)", "changes told a second, by 16 at once"],
            ways.Select(way => (IReadOnlyList<string>)[way.Way, new Series(way.Heard).ToString(), new Series(way.Burst).ToString()])
        );
        report.Paragraph(
            $"Redis takes {new Series(ways[1].Heard) / new Series(ways[0].Heard)} of the time, and tells {new Series(ways[1].Burst) / new Series(ways[0].Burst)} times as many (docs/adr/0057)."
        );
        Console.WriteLine(report.ToString());
        if (options.Writes)
            report.WriteInto(Path.Combine(Workspace.Repository, "docs", "BENCHMARKS.md"), "signals");
    }
}
