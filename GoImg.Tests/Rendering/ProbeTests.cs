using System.Diagnostics;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging;

namespace GoImg.Tests.Rendering;

public sealed class ProbeTests
{
    [Fact]
    public async Task Inspect_all()
    {
        await using var renderer = new Renderer();
        foreach (var path in RepositoryPaths.SharedFiles("corpus").Concat(RepositoryPaths.SharedFiles("photos")))
        {
            var clock = Stopwatch.StartNew();
            await using var file = File.OpenRead(path);
            var result = await renderer.Inspector.InspectAsync(file, TestContext.Current.CancellationToken);
            Console.WriteLine($"{clock.ElapsedMilliseconds,4} {Path.GetRelativePath(RepositoryPaths.Shared, path)}: {result.Match(h => h.ToString(), e => "REFUSED " + e.Message)}");
        }
    }

    [Fact]
    public async Task Render_all()
    {
        var part = Environment.GetEnvironmentVariable("PART") ?? "photos";
        using var logs = LoggerFactory.Create(b => b.AddSimpleConsole(o => o.SingleLine = true));
        await using var renderer = new Renderer(null, logs);
        Console.WriteLine(await renderer.Pool.DescribeAsync(default));
        await Parallel.ForEachAsync(RepositoryPaths.SharedFiles(part), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (path, token) =>
        {
            var clock = Stopwatch.StartNew();
            await using var file = File.OpenRead(path);
            var result = await renderer.RenderAsync(file, token);
            Console.WriteLine($"R {clock.ElapsedMilliseconds,4} {Path.GetRelativePath(RepositoryPaths.Shared, path)}: {result.Match(h => $"{h.WidthPx}x{h.HeightPx} {h.DominantColor} {h.PerceptualHash:x16} {h.Placeholder.Length} " + string.Join(' ', h.Files.Select(f => $"{f.WidthPx}x{f.HeightPx}={f.LengthBytes}")), e => "REFUSED " + e.Code)}");
            if (result.IsSuccess)
                await result.Value.DisposeAsync();
        });
    }
}
