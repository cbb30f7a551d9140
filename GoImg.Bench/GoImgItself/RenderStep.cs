using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Bench.GoImgItself;

/// <summary>GoImg's renderer alone, in its render processes and with its checks, but without server, store and database.
/// A contestant of its own: <c>GoImg.Bench render LIST WORKERS [Rendering:Key=value…]</c>.</summary>
internal static class RenderStep
{
    public const string Command = "render";
    private const int WarmUpPhotos = 24;

    public static async Task<int> RunAsync(string[] args)
    {
        var files = await File.ReadAllLinesAsync(args[1]);
        var workers = int.Parse(args[2], CultureInfo.InvariantCulture);
        await using var services = Services([$"Rendering:MaxWorkers={workers}", .. args[3..]]);
        var inspector = services.GetRequiredService<IImageInspector>();
        var renderer = services.GetRequiredService<IImageRenderer>();

        // by then the runtime has compiled what is hot for the last time
        await RenderAllAsync(Enumerable.Repeat(files[0], WarmUpPhotos));
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is not null)
            Console.WriteLine($"done {await RenderAllAsync(files)}");
        return 0;

        async Task<long> RenderAllAsync(IEnumerable<string> all)
        {
            long bytes = 0;
            await Parallel.ForEachAsync(
                all,
                new ParallelOptions { MaxDegreeOfParallelism = workers },
                async (file, token) =>
                {
                    await using var rendered = await RenderAsync(inspector, renderer, file, token);
                    Interlocked.Add(ref bytes, rendered.Files.Sum(f => f.LengthBytes));
                }
            );
            return bytes;
        }
    }

    public static async Task<RenderedImage> RenderAsync(
        IImageInspector inspector,
        IImageRenderer renderer,
        string file,
        CancellationToken cancellationToken
    )
    {
        await using var content = File.OpenRead(file);
        var header = await inspector.InspectAsync(content, cancellationToken);
        var rendered = header.Error is { } refused ? refused : await renderer.RenderAsync(content, header.Value, cancellationToken);
        return rendered.Error is { } fault ? throw new InvalidOperationException($"{file}: {fault.Message}") : rendered.Value;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller disposes the provider.")]
    public static ServiceProvider Services(params string[] settings)
    {
        var values = settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create<string, string?>(s[0], s[1]));
        return new ServiceCollection()
            .AddLogging()
            .AddRendering(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .BuildServiceProvider();
    }
}
