using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Rendering.Camera;
using GoImg.Infrastructure.Rendering.Cleaning;
using GoImg.Infrastructure.Rendering.Containers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GoImg.Infrastructure.Rendering;

public static class RenderingRegistration
{
    /// <summary>The inspector, scratch space and, where this node works on jobs, the renderer and its processes; reads the sections <c>Rendering</c> and <c>Limits</c>.</summary>
    public static IServiceCollection AddRendering(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddValidatedOptions<RenderOptions>(configuration);
        services.AddValidatedOptions<ImageLimits>(configuration);
        services.AddSingleton(options.Recipe());
        services.AddSingleton(options.RenditionSet);
        services.AddSingleton(options.FullSize);
        services.AddScoped<IImageInspector, ImageInspector>();
        services.AddSingleton<ICleanCopies, CleanCopy>();
        services.AddSingleton<IOriginalFactsReader, OriginalFactsReader>();
        services.AddSingleton<ScratchSpace>();
        services.AddSingleton<IScratchFiles>(s => s.GetRequiredService<ScratchSpace>());
        if (!configuration.Read<NodeOptions>().Works)
            return services.AddSingleton<IImageRenderer, NoRenderer>();

        services.AddSingleton<RenderOutputReader>();
        services.AddSingleton<RenderProcesses>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HeicDecoding>();
        services.AddSingleton<IsolatedRenderer>();
        services.AddSingleton<IImageRenderer>(s => s.GetRequiredService<IsolatedRenderer>());
        services.AddSingleton<IRendererStatus>(s => s.GetRequiredService<IsolatedRenderer>());
        services.AddHostedService<RendererWarmUp>();
        return services;
    }
}
