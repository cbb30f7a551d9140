using System.Text.Json;
using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Backup;

/// <summary>Takes the store's objects into a backup and back, one at a time, whatever kind of store it is.</summary>
public sealed class ObjectBackup(IObjectStore store, BackupDirectory directory)
{
    public long Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Adds what the backup does not have yet; an object never changes under its key. What is deleted meanwhile is left out.</summary>
    public async Task SaveNewAsync(CancellationToken cancellationToken)
    {
        await using var list = new StreamWriter(directory.ObjectList, append: true);
        await foreach (var found in store.ListAsync("", cancellationToken))
        {
            if (!File.Exists(directory.PathOf(found.Key)) && await SaveAsync(found.Key, cancellationToken) is { } saved)
                await list.WriteLineAsync(JsonSerializer.Serialize(saved).AsMemory(), cancellationToken);
        }
    }

    /// <summary>Throws <see cref="BackupException"/> when the store has an object that is not the backup's.</summary>
    public async Task RefuseOthersAsync(CancellationToken cancellationToken)
    {
        await foreach (var found in store.ListAsync("", cancellationToken))
        {
            if (!File.Exists(directory.PathOf(found.Key)))
                throw new BackupException(
                    $"The store already has {found.Key}, which is not in this backup. A backup is restored into an empty site: name an empty store and database."
                );
        }
    }

    /// <summary>Gives the store every object of the list whose bytes are still those that were saved; the first that is not stops it with <see cref="BackupException"/>.
    /// What an earlier try has restored is left as it is.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        await foreach (var line in File.ReadLinesAsync(directory.ObjectList, cancellationToken))
        {
            var saved = JsonSerializer.Deserialize<BackupObject>(line)!; // the list's own hash was checked
            await RestoreAsync(saved, ObjectKey.Parse(saved.Key), cancellationToken);
            (Count, Bytes) = (Count + 1, Bytes + saved.LengthBytes);
        }
    }

    private async Task<BackupObject?> SaveAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (await store.StatAsync(key, cancellationToken) is not { } info || await store.OpenAsync(key, null, cancellationToken) is not { } opened)
            return null;

        await using (opened)
        {
            var hash = await BackupDirectory.WriteAsync(directory.PathOf(key), opened.Content, cancellationToken);
            (Count, Bytes) = (Count + 1, Bytes + opened.LengthBytes);
            var metadata = info.Metadata;
            return new BackupObject(key.Value, opened.LengthBytes, hash, metadata.ContentType, metadata.CacheControl, metadata.Custom);
        }
    }

    private async Task RestoreAsync(BackupObject saved, ObjectKey key, CancellationToken cancellationToken)
    {
        if (await store.StatAsync(key, cancellationToken) is { } there && there.LengthBytes == saved.LengthBytes)
            return;

        var file = directory.PathOf(key);
        if (!File.Exists(file))
            throw new BackupException($"{file} is missing from the backup. The database was not restored; use another copy of the backup.");

        await using var content = File.OpenRead(file);
        await using var staged = await store.StageAsync(content, saved.LengthBytes, cancellationToken);
        if (staged.ExceedsLimit || Convert.ToHexStringLower(staged.Sha256) != saved.Sha256)
            throw new BackupException($"{file} is not as it was written. The database was not restored; use another copy of the backup.");

        var metadata = new ObjectMetadata
        {
            ContentType = saved.ContentType,
            CacheControl = saved.CacheControl,
            Custom = saved.Custom,
        };
        await store.PromoteAsync(staged, key, metadata, cancellationToken);
    }
}
