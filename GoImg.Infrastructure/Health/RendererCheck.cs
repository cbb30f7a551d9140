using GoImg.Core.Health;
using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Health;

internal sealed class RendererCheck(IRendererStatus renderer) : IDependencyCheck
{
    public string Name => "renderer";

    public bool IsVital => false;

    public async Task<DependencyReport> CheckAsync(CancellationToken cancellationToken)
    {
        var status = await renderer.DescribeAsync(cancellationToken);
        var detail = $"libvips {status.LibraryVersion}, isolation {status.Isolation}, {status.MaxWorkers} at once, decodes {string.Join(", ", status.Formats.Select(f => f.Extension()))}";
        detail = $"{detail}. {MissingOf(status.Isolation)}{AgeOf(status.LibraryVersion)}".Trim();
        return status.Isolation == RenderIsolation.None
            ? new(Name, DependencyState.Degraded, "Renders with limits on memory and time only, without isolation.", detail)
            : new(Name, DependencyState.Ok, "", detail);
    }

    /// <summary>What a render process could still do if a file took it over.</summary>
    private static string MissingOf(RenderIsolation isolation) => isolation switch
    {
        RenderIsolation.Sandbox => "",
        RenderIsolation.Namespaces => "Without bubblewrap a render process can read what this account can read. ",
        _ => "Without bubblewrap and unshare a render process can read what this account can read, and reach the network. ",
    };

    /// <summary>Faults in loaders were mended up to 8.18.3; distributions mend them in older versions without another number.</summary>
    internal static string AgeOf(string version) => Version.TryParse(version, out var parsed) && parsed < new Version(8, 18, 3)
        ? "This libvips is older than 8.18.3: rely on your distribution's security updates. Only the named loaders are open."
        : "";
}
