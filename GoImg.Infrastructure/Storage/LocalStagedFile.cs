using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage;

internal sealed class LocalStagedFile(LocalStoreRoot root, string name) : StagedObject
{
    public string Name => name;

    public bool IsPromoted { get; set; }

    public override Task<Stream> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(StorageExceptions.Guard(Open));

    private Stream Open()
    {
        using var directory = root.Open();
        using var staging = directory.Enter(LocalStoreRoot.Staging);
        var file = staging?.OpenFile(name) ?? throw new FileNotFoundException("The staged object is gone.");
        return new FileStream(file, FileAccess.Read);
    }

    public override ValueTask DisposeAsync()
    {
        if (!IsPromoted)
            Remove(root, name);
        return ValueTask.CompletedTask;
    }

    /// <summary>Removes what is staged if it can: a leftover is swept later, and the reason we are here matters more.</summary>
    public static void Remove(LocalStoreRoot root, string name)
    {
        try
        {
            File.Delete(Path.Combine(root.StagingPath, name));
        }
        catch (Exception e) when (StorageExceptions.IsFault(e)) { }
    }
}
