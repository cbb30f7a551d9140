using GoImg.Bench.GoImgItself;
using GoImg.Bench.Processes;
using GoImg.Bench.Results;

namespace GoImg.Bench.Pipeline;

/// <summary>Rounds in which everyone does all photos once, one after the other, in an order that turns with each round.</summary>
internal sealed class Race(int cores, IReadOnlyList<string> photos)
{
    private readonly Dictionary<string, List<Measure>> _measures = [];

    public int Cores => cores;

    public IReadOnlyList<string> Names { get; private set; } = [];

    public async Task RunAsync(IReadOnlyList<string> names, int rounds, Scratch scratch)
    {
        Names = names;
        var list = scratch["photos-" + Guid.CreateVersion7().ToString("N")];
        await File.WriteAllLinesAsync(list, photos);
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < names.Count; turn++)
            {
                var name = names[(turn + round) % names.Count];
                var measure = await RunOneAsync(name, list, scratch);
                if (!_measures.TryGetValue(name, out var all))
                    _measures[name] = all = [];
                all.Add(measure);
                await Console.Error.WriteLineAsync($"  {cores} core{(cores == 1 ? "" : "s")}, round {round + 1}/{rounds}, {name,-18} {Series.Text(photos.Count / measure.Seconds)} images/s, {Series.Text(measure.CpuSeconds / photos.Count)} s of processor each");
            }
        }
    }

    public bool Has(params string[] names) => names.All(_measures.ContainsKey);

    public Series ImagesPerSecond(string name) => Of(name, m => photos.Count / m.Seconds);

    public Series CpuPerImage(string name) => Of(name, m => m.CpuSeconds / photos.Count);

    public Series PeakMiB(string name) => Of(name, m => m.PeakMiB);

    public Series KilobytesPerImage(string name) => Of(name, m => m.Bytes / 1000.0 / photos.Count);

    private Series Of(string name, Func<Measure, double> value) => new([.. _measures[name].Select(value)]);

    private async Task<Measure> RunOneAsync(string name, string list, Scratch scratch)
    {
        if (name == Field.EndToEnd)
        {
            await using var server = await Server.StartAsync(scratch.Path, cores);
            // the first of everything is compiled, opened and planned before the clock runs, as everyone else's is
            await EndToEnd.RunAsync(server, [.. photos.Take(2 * cores)]);
            return await EndToEnd.RunAsync(server, photos);
        }

        await using var contestant = await Field.StartAsync(name, cores, list, scratch);
        return await contestant.RunAsync();
    }
}
