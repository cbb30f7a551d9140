using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Infrastructure.Health;

internal sealed class HeicCheck(HeicDecoding heic) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = await heic.DescribeAsync(cancellationToken);
        return state.IsOn
            ? HealthResponses.Ok($"decoded by the system's libvips {state.Version}. {AgeOf(state.Version)}".Trim())
            : HealthResponses.Off(ImageFileErrors.HeicIsOff.HeicIsOffHere, $"({state.Problem})");
    }

    /// <summary>Faults in loaders were mended up to 8.18.3; distributions mend them in older versions without another number.</summary>
    private static string AgeOf(string version) =>
        Version.TryParse(version, out var parsed) && parsed < new Version(8, 18, 3)
            ? "It is older than 8.18.3: rely on your distribution's security updates. Only its loader of HEIC is open."
            : "";
}
