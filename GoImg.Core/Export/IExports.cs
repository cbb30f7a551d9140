using GoImg.Core.Accounts;

namespace GoImg.Core.Export;

/// <summary>Exports that members asked for.</summary>
public interface IExports
{
    /// <summary>Adds it to the current unit of work unless the member has <paramref name="max"/> since <paramref name="since"/>. Null when added,
    /// otherwise the time of the oldest of those. Parallel calls never exceed the limit together.</summary>
    Task<DateTimeOffset?> TryAddAsync(AccountExport export, int max, DateTimeOffset since, CancellationToken cancellationToken);

    Task<AccountExport?> FindAsync(ExportId id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AccountExport>> ListAsync(MemberId member, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>Writes everything of a member as one zip.</summary>
public interface IExportArchive
{
    /// <summary>Throws <see cref="Storage.ObjectStoreUnavailableException"/> when originals could not be read now; asked before the first byte.</summary>
    Task ProbeAsync(MemberId owner, CancellationToken cancellationToken);

    /// <summary>Streams the zip at O(1) memory for the files; <paramref name="output"/> need not seek and stays open. Throwing midway leaves a torso
    /// without an end, which no program takes for a whole zip.</summary>
    Task WriteAsync(Actor owner, Stream output, CancellationToken cancellationToken);
}
