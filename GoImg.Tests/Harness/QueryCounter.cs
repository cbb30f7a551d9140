using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GoImg.Tests.Harness;

/// <summary>Counts what is asked of the database, so that a list can be shown to cost the same however long it is.</summary>
public sealed class QueryCounter : DbCommandInterceptor
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Interlocked.Increment(ref _count);
        return ValueTask.FromResult(result);
    }
}
