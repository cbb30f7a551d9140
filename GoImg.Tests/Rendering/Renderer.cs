using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Rendering;
using GoImg.Infrastructure.Rendering.Containers;
using Microsoft.Extensions.Logging;

namespace GoImg.Tests.Rendering;

/// <summary>The real renderer with its own processes and scratch space.</summary>
internal sealed class Renderer : IAsyncDisposable
{
    private readonly ScratchSpace _scratch;

    public Renderer(RenderOptions? options = null, ILoggerFactory? logs = null)
    {
        options ??= new RenderOptions();
        logs ??= LoggerFactory.Create(_ => { });
        Processes = new RenderProcesses(options, logs.CreateLogger<RenderProcesses>());
        _scratch = new ScratchSpace(options);
        Heic = new HeicDecoding(Processes, TimeProvider.System, logs.CreateLogger<HeicDecoding>());
        Inspector = new ImageInspector(new ImageLimits(), Heic);
        Pool = new IsolatedRenderer(options, Processes, Heic, new RenderOutputReader(_scratch), logs.CreateLogger<IsolatedRenderer>());
    }

    public RenderProcesses Processes { get; }

    public IsolatedRenderer Pool { get; }

    public HeicDecoding Heic { get; }

    public ImageInspector Inspector { get; }

    /// <summary>As an upload goes: inspected first, rendered if that was well.</summary>
    public async Task<Result<RenderedImage>> RenderAsync(Stream file, CancellationToken cancellationToken)
    {
        var header = await Inspector.InspectAsync(file, cancellationToken);
        return header.Error is { } refused ? refused : await Pool.RenderAsync(file, header.Value, cancellationToken);
    }

    public Task<Result<RenderedImage>> RenderAsync(byte[] file) => RenderAsync(new MemoryStream(file), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Processes.DisposeAsync();
        Heic.Dispose();
        _scratch.Dispose();
    }
}
