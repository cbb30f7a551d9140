using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GoImg.Infrastructure.Database;

/// <summary>Counts an aggregate's <c>Version</c> up whenever it is saved changed, so that a stale save finds no row (optimistic concurrency).</summary>
internal sealed class VersionStamp : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries().Where(e => e.State == EntityState.Modified))
        {
            var version = entry.Metadata.FindProperty("Version");
            if (version is { IsConcurrencyToken: true })
                entry.Property("Version").CurrentValue = (int)entry.Property("Version").OriginalValue! + 1;
        }

        return ValueTask.FromResult(result);
    }
}
