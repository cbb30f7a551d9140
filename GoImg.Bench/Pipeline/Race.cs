using GoImg.Bench.GoImgItself;
using GoImg.Bench.Processes;
using GoImg.Bench.Results;

namespace GoImg.Bench.Pipeline;

/// <summary>Rounds in which everyone does all photos once, one after the other, in an order that turns with each round.</summary>
internal sealed class Race(int cores, IReadOnlyList<string> photos)
{
    // by then the runtime has compiled what is hot for the last time, which on a server is once in weeks
    private const int WarmUpPhotos = 96;
    private readonly Dictionary<string, List<Measure>> _measures = [];

    public int Cores => cores;

    public IReadOnlyList<string> Names { get; private set; } = [];

    public async Task RunAsync(IReadOnlyList<string> names, int rounds, Scratch scratch)
    {
        Names = names;
        var list = scratch["photos-" + Guid.CreateVersion7().ToString("N")];
        await File.WriteAllLinesAsync(list, photos);
        await using var server = names.Contains(Field.EndToEnd) ? await WarmServerAsync(scratch) : null;
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < names.Count; turn++)
            {
                var name = names[(turn + round) % names.Count];
                var measure = await RunOneAsync(name, server, list, scratch);
                if (!_measures.TryGetValue(name, out var all))
                    _measures[name] = all = [];
                all.Add(measure);
                await Console.Error.WriteLineAsync(
                    $"  {cores} core{(cores == 1 ? "" : "s")}, round {round + 1}/{rounds}, {name, -18} {Series.Text(photos.Count / measure.Seconds)} images/s, {Series.Text(measure.CpuSeconds / photos.Count)} s of processor each"
                );
            }
        }
    }

    public bool Has(params string[] names) => names.All(_measures.ContainsKey);

    public Series ImagesPerSecond(string name) => Of(name, m => photos.Count / m.Seconds);

    public Series CpuPerImage(string name) => Of(name, m => m.CpuSeconds / photos.Count);

    public Series PeakMiB(string name) => Of(name, m => m.PeakMiB);

    public Series KilobytesPerImage(string name) => Of(name, m => m.Bytes / 1000.0 / photos.Count);

    private Series Of(string name, Func<Measure, double> value) => new([.. _measures[name].Select(value)]);

    private async Task<Measure> RunOneAsync(string name, Server? server, string list, Scratch scratch)
    {
        if (name == Field.EndToEnd)
            return await EndToEnd.RunAsync(server!, photos);

        await using var contestant = await Field.StartAsync(name, cores, list, scratch);
        return await contestant.RunAsync();
    }

    /// <summary>One for all rounds. It idles while others have their turn, which costs them nothing that could be measured.</summary>
    private async Task<Server> WarmServerAsync(Scratch scratch)
    {
        var server = await Server.StartAsync(scratch.Path, cores);
        for (var done = 0; done < WarmUpPhotos; done += photos.Count)
            await EndToEnd.RunAsync(server, photos);
        return server;
    }
}
