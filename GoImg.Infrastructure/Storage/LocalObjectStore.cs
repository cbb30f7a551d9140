using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.DurableFiles;

namespace GoImg.Infrastructure.Storage;

/// <summary>Objects as files. Written aside, flushed, renamed, and the directory flushed, in this order and before anyone is told.
/// Safe for any number of threads and processes: every step that others can see is one atomic system call.</summary>
internal sealed class LocalObjectStore : IObjectStore, ISignedUrls
{
    private const int Attempts = 5;

    private readonly LocalStoreRoot _root;
    private readonly LocalSignatures _signatures;
    private readonly long _reserveBytes;
    private readonly TimeProvider _clock;

    public LocalObjectStore(string path, long reserveBytes, TimeProvider clock)
    {
        _root = new LocalStoreRoot(Path.GetFullPath(path));
        _signatures = new LocalSignatures(_root);
        (_reserveBytes, _clock) = (reserveBytes, clock);
    }

    /// <summary>On its disk, for this account.</summary>
    public long FreeBytes => new DriveInfo(_root.Path).AvailableFreeSpace;

    /// <summary>Makes the store when it never was; throws when it should be there and is not.</summary>
    /// <param name="mustExist">The database knows of objects, so that an empty directory means a missing disk.</param>
    public void Prepare(bool mustExist) => StorageExceptions.Guard(() => _root.Open(mustExist)).Dispose();

    public async Task<StagedObject> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken) =>
        await new StagingWriter(_root.Staging, _reserveBytes).WriteAsync(content, maxBytes, cancellationToken);

    public Task PromoteAsync(StagedObject staged, ObjectKey key, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        ObjectMetadata.Check(metadata);
        if (staged is not StagedFile { IsPromoted: false, ExceedsLimit: false } local)
            throw new ArgumentException("Not a whole object staged by this store and not yet named.", nameof(staged));
        cancellationToken.ThrowIfCancellationRequested();
        StorageExceptions.Guard(() =>
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    Name(local, key, metadata);
                    return true;
                }
                catch (VanishedException) when (attempt < Attempts)
                {
                    // a deletion took the directory away as it became empty
                }
            }
        });
        return Task.CompletedTask;
    }

    public async Task PutAsync(ObjectKey key, Stream content, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        ObjectMetadata.Check(metadata);
        await using var staged = await StageAsync(content, long.MaxValue, cancellationToken);
        await PromoteAsync(staged, key, metadata, cancellationToken);
    }

    public Task<OpenObject?> OpenAsync(ObjectKey key, ByteRange? range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(
            StorageExceptions.Guard(() => Find(key) is { } file ? new OpenObject(new LocalRange(file, range), file.Length) : null)
        );
    }

    public Task<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(
            StorageExceptions.Guard(() =>
            {
                using var file = Find(key);
                return file is null
                    ? null
                    : new ObjectInfo(key, file.Length, new DateTimeOffset(File.GetLastWriteTimeUtc(file.SafeFileHandle)))
                    {
                        Metadata = FileMetadata.Read(file.SafeFileHandle),
                    };
            })
        );
    }

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StorageExceptions.Guard(() =>
        {
            using var place = ObjectLocation.Find(_root, key);
            if (place?.Directory.Remove(place.Name) == true)
                place.Directory.Flush();
            place?.RemoveIfEmpty();
            return true;
        });
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken) =>
        List(prefix, cancellationToken).ToAsyncEnumerable();

    public Task<int> SweepStagedAsync(TimeSpan age, CancellationToken cancellationToken) =>
        Task.FromResult(StorageExceptions.Guard(() => _root.Staging.Sweep(_clock.GetUtcNow() - age, cancellationToken)));

    public Task<Uri> GetSignedUrlAsync(ObjectKey key, TimeSpan validFor, CancellationToken cancellationToken)
    {
        var signed = StorageExceptions.Guard(() => _signatures.Sign(key, _clock.GetUtcNow() + validFor));
        return Task.FromResult(new Uri(signed.ToPathAndQuery(), UriKind.Relative));
    }

    public Task<Result> CheckAsync(SignedUrl address, CancellationToken cancellationToken) =>
        Task.FromResult(StorageExceptions.Guard(() => _signatures.Check(address, _clock.GetUtcNow())));

    private IEnumerable<ObjectInfo> List(string prefix, CancellationToken cancellationToken)
    {
        StorageExceptions.Guard(() => _root.Open()).Dispose();
        using var objects = StorageExceptions.Guard(() => new LocalListing(_root.Path, prefix).GetEnumerator());
        while (StorageExceptions.Guard(objects.MoveNext))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return objects.Current;
        }
    }

    private void Name(StagedFile staged, ObjectKey key, ObjectMetadata metadata)
    {
        using var place = ObjectLocation.Make(_root, key);
        using var staging = _root.Staging.Open();
        using (var file = staging.OpenFile(staged.Name))
            if (file is not null)
                FileMetadata.Write(file, metadata);
        place.Directory.Take(staging, staged.Name, place.Name);
        staged.IsPromoted = true;
        place.Directory.Flush();
    }

    private FileStream? Find(ObjectKey key)
    {
        using var place = ObjectLocation.Find(_root, key);
        return place?.Directory.OpenFile(place.Name) is { } file ? new FileStream(file, FileAccess.Read) : null;
    }
}
