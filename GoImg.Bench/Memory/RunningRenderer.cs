using GoImg.Bench.GoImgItself;
using GoImg.Bench.Processes;
using GoImg.Core.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Bench.Memory;

/// <summary>GoImg's renderer in this process; its render processes are this one's children.</summary>
internal sealed class RunningRenderer(ServiceProvider services) : IAsyncDisposable
{
    public ProcessTree Tree { get; } = new(Environment.ProcessId);

    public static async Task<RunningRenderer> StartAsync(int workers)
    {
        var renderer = new RunningRenderer(RenderStep.Services($"Rendering:MaxWorkers={workers}"));
        await renderer.DescribeAsync();
        return renderer;
    }

    public Task<RendererStatus> DescribeAsync() => services.GetRequiredService<IRendererStatus>().DescribeAsync(CancellationToken.None);

    public async Task RenderAsync(string file) => await (await OpenAsync(file)).DisposeAsync();

    /// <summary>The caller disposes it.</summary>
    public Task<RenderedImage> OpenAsync(string file) =>
        RenderStep.RenderAsync(
            services.GetRequiredService<IImageInspector>(),
            services.GetRequiredService<IImageRenderer>(),
            file,
            CancellationToken.None
        );

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
