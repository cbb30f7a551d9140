using System.Text;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;
using GoImg.Infrastructure.Storage.S3;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Infrastructure.Health;

/// <summary>Writes a few bytes to the staging area: a store that is full or read-only is no store. A bucket is asked for besides; where it is away this node
/// is as good as any other, and goes on serving what needs no bytes.</summary>
internal sealed class StorageCheck(IObjectStore store) : IHealthCheck
{
    // less than a whole check has
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var probe = new MemoryStream(Encoding.ASCII.GetBytes("goimg"));
            await using var staged = await store.StageAsync(probe, 100, cancellationToken);
        }
        catch (ObjectStoreFullException full)
        {
            return HealthResponses.Degraded("Full: uploads are refused, everything else works.", full.Message);
        }

        return store switch
        {
            LocalObjectStore local => HealthResponses.Ok($"A local directory with {local.FreeBytes >> 30} GiB free."),
            S3ObjectStore s3 => await AskAsync(s3, cancellationToken),
            _ => HealthResponses.Ok(""),
        };
    }

    private static async Task<HealthCheckResult> AskAsync(S3ObjectStore s3, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            await s3.CheckAsync(deadline.Token);
            return HealthResponses.Ok($"The {s3.Place}.");
        }
        catch (Exception away) when (away is ObjectStoreUnavailableException or OperationCanceledException)
        {
            return HealthResponses.Degraded("Away: uploads are refused, and only pictures that this node has a copy of are shown.", away.Message);
        }
    }
}
