using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage;

internal sealed class StagedFile(StagingArea area, string name) : StagedObject
{
    public string Name => name;

    public bool IsPromoted { get; set; }

    /// <summary>As <see cref="OpenAsync"/>.</summary>
    public FileStream Open() =>
        StorageExceptions.Guard(() =>
        {
            using var staging = area.Open();
            return new FileStream(staging.OpenFile(name) ?? throw new FileNotFoundException("The staged object is gone."), FileAccess.Read);
        });

    public override Task<Stream> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<Stream>(Open());

    public override ValueTask DisposeAsync()
    {
        if (!IsPromoted)
            area.Remove(name);
        return ValueTask.CompletedTask;
    }
}
