using System.Text;
using GoImg.Core.Health;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;

namespace GoImg.Infrastructure.Health;

/// <summary>Writes a few bytes to the staging area and reads them back: a store that is full or read-only is no store.</summary>
internal sealed class StorageCheck(IObjectStore store) : IDependencyCheck
{
    public string Name => "storage";

    public bool IsVital => true;

    public async Task<DependencyReport> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var probe = new MemoryStream(Encoding.ASCII.GetBytes("goimg"));
            await using var staged = await store.StageAsync(probe, 100, cancellationToken);
            return new(
                Name,
                DependencyState.Ok,
                "",
                store is LocalObjectStore local ? $"A local directory with {local.FreeBytes >> 30} GiB free." : ""
            );
        }
        catch (ObjectStoreFullException full)
        {
            return new(Name, DependencyState.Degraded, "Full: uploads are refused, everything else works.", full.Message);
        }
    }
}
