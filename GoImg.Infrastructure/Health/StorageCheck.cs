using System.Text;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Infrastructure.Health;

/// <summary>Writes a few bytes to the staging area and reads them back: a store that is full or read-only is no store.</summary>
internal sealed class StorageCheck(IObjectStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var probe = new MemoryStream(Encoding.ASCII.GetBytes("goimg"));
            await using var staged = await store.StageAsync(probe, 100, cancellationToken);
            return HealthResponses.Ok(store is LocalObjectStore local ? $"A local directory with {local.FreeBytes >> 30} GiB free." : "");
        }
        catch (ObjectStoreFullException full)
        {
            return HealthResponses.Degraded("Full: uploads are refused, everything else works.", full.Message);
        }
    }
}
