using System.Collections.Concurrent;
using System.IO.Hashing;
using GoImg.Core.Storage;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>Objects of a bucket that were asked for, as files of this node within a bound: the last asked for stay longest, also over a restart. Each file is
/// compared with its checksum before it is given out. Only for objects that never change under their name; whoever reads is checked elsewhere.
/// A singleton; however many ask for an object at once, it is read from the bucket once. A disk that fails costs speed and nothing else.</summary>
internal sealed partial class DiskCache(
    IObjectStore store,
    string path,
    long maxBytes,
    long reserveBytes,
    TimeProvider time,
    ILogger<DiskCache> logger
)
{
    // Larger ones would push too many others out.
    private const long LargestBytes = 32 << 20;

    // A file's time says when it was asked for last; telling that on each request would be a write on each.
    private static readonly TimeSpan TouchAfter = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan WarnAfter = TimeSpan.FromMinutes(10);

    private readonly Lock _changing = new();
    private readonly LinkedList<CachedFile> _lastAskedFirst = [];
    private readonly ConcurrentDictionary<ObjectKey, Lazy<Task<CachedFile?>>> _fetching = new();
    private Dictionary<ObjectKey, LinkedListNode<CachedFile>>? _files;
    private long _bytes;
    private long _forgotten;
    private long? _warnedAt;

    /// <summary>As <see cref="WholeObjects.OpenWholeAsync"/>.</summary>
    public async Task<Stream?> OpenWholeAsync(ObjectKey key, long lengthBytes, CancellationToken cancellationToken)
    {
        if (lengthBytes > Math.Min(LargestBytes, maxBytes / 4))
            return await store.OpenWholeAsync(key, lengthBytes, cancellationToken);
        try
        {
            if (Find(key) is { } held && await OpenAsync(held, lengthBytes, cancellationToken) is { } cached)
                return cached;

            // Not the asker's token: others wait for the same bytes.
            var fetching = _fetching.GetOrAdd(key, _ => new Lazy<Task<CachedFile?>>(() => FetchAsync(key, lengthBytes)));
            if (
                await fetching.Value.WaitAsync(cancellationToken) is { } fetched
                && await OpenAsync(fetched, lengthBytes, cancellationToken) is { } read
            )
                return read;
        }
        catch (Exception e) when (StorageExceptions.IsFault(e))
        {
            Warn(e);
        }

        return await store.OpenWholeAsync(key, lengthBytes, cancellationToken);
    }

    /// <summary>Removes the files of all whose key starts with it, at once.</summary>
    public void Forget(string prefix)
    {
        List<CachedFile> gone = [];
        try
        {
            lock (_changing)
            {
                _forgotten++;
                gone = [.. Files().Where(pair => pair.Key.Value.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Value.Value)];
                gone.ForEach(Drop);
            }
        }
        catch (Exception e) when (StorageExceptions.IsFault(e))
        {
            Warn(e);
        }

        gone.ForEach(Delete);
    }

    /// <summary>Whose files are here.</summary>
    public IReadOnlyList<ObjectKey> Keys()
    {
        lock (_changing)
            return [.. Files().Keys];
    }

    private CachedFile? Find(ObjectKey key)
    {
        CachedFile found;
        lock (_changing)
        {
            if (!Files().TryGetValue(key, out var node))
                return null;
            _lastAskedFirst.Remove(node);
            _lastAskedFirst.AddFirst(node);
            var now = time.GetUtcNow();
            if (now - node.Value.AskedAt < TouchAfter)
                return node.Value;
            node.Value.AskedAt = now;
            found = node.Value;
        }

        if (File.Exists(found.PathIn(path)))
            File.SetLastAccessTimeUtc(found.PathIn(path), found.AskedAt.UtcDateTime);
        return found;
    }

    /// <summary>Null when the file went or is not what was fetched; then it is no longer here.</summary>
    private async Task<FileStream?> OpenAsync(CachedFile file, long lengthBytes, CancellationToken cancellationToken)
    {
        FileStream? content = null;
        try
        {
            content = new FileStream(
                file.PathIn(path),
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete,
                bufferSize: 1,
                useAsync: true
            );
            var hash = new XxHash128();
            await hash.AppendAsync(content, cancellationToken);
            if (content.Length == lengthBytes && Convert.ToHexStringLower(hash.GetCurrentHash()) == file.Checksum)
            {
                content.Position = 0;
                return content;
            }

            LogDamaged(logger, file.Key);
        }
        catch (FileNotFoundException)
        {
            // Another process on this disk made room.
        }
        catch
        {
            await Close();
            throw;
        }

        await Close();
        lock (_changing)
            Drop(file);
        Delete(file);
        return null;

        ValueTask Close() => content?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Null when the store has no such object, or this disk no room.</summary>
    private async Task<CachedFile?> FetchAsync(ObjectKey key, long lengthBytes)
    {
        var unfinished = Path.Combine(path, CachedFile.Unfinished + Guid.CreateVersion7().ToString("n"));
        try
        {
            var forgotten = Interlocked.Read(ref _forgotten);
            if (new DriveInfo(path).AvailableFreeSpace < reserveBytes + lengthBytes)
                return null;
            await using var content = await store.OpenWholeAsync(key, lengthBytes, CancellationToken.None);
            if (content is null)
                return null;
            var file = new CachedFile(key, await WriteAsync(content, unfinished), lengthBytes) { AskedAt = time.GetUtcNow() };
            File.Move(unfinished, file.PathIn(path), overwrite: true);
            Keep(file, forgotten);
            return file;
        }
        finally
        {
            _fetching.TryRemove(key, out _);
            File.Delete(unfinished);
        }
    }

    private static async Task<string> WriteAsync(Stream content, string to)
    {
        await using var file = new FileStream(
            to,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        var hash = new XxHash128();
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, CancellationToken.None)) > 0)
        {
            hash.Append(buffer.AsSpan(0, read));
            await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private void Keep(CachedFile file, long forgotten)
    {
        List<CachedFile> gone = [];
        lock (_changing)
        {
            // It may be what was forgotten while it was read: then it is read this once more, and is gone.
            if (_forgotten != forgotten)
            {
                gone.Add(file);
            }
            else
            {
                if (Files().TryGetValue(file.Key, out var before))
                    Drop(before.Value);
                Add(file);
                while (_bytes > maxBytes && _lastAskedFirst.Last is { } oldest)
                {
                    gone.Add(oldest.Value);
                    Drop(oldest.Value);
                }
            }
        }

        gone.ForEach(Delete);
    }

    private void Add(CachedFile file)
    {
        _files![file.Key] = _lastAskedFirst.AddFirst(file);
        _bytes += file.LengthBytes;
    }

    private void Drop(CachedFile file)
    {
        if (!Files().TryGetValue(file.Key, out var node) || node.Value != file)
            return;
        _files!.Remove(file.Key);
        _lastAskedFirst.Remove(node);
        _bytes -= file.LengthBytes;
    }

    private void Delete(CachedFile file)
    {
        try
        {
            File.Delete(file.PathIn(path));
        }
        catch (Exception e) when (StorageExceptions.IsFault(e))
        {
            Warn(e);
        }
    }

    /// <summary>What an earlier process left, read when somebody asks first. Under the lock.</summary>
    private Dictionary<ObjectKey, LinkedListNode<CachedFile>> Files()
    {
        if (_files is not null)
            return _files;
        Directory.CreateDirectory(path, StagingArea.OwnerOnly);
        _files = [];
        var now = time.GetUtcNow();
        foreach (var file in new DirectoryInfo(path).EnumerateFiles().OrderBy(f => f.LastAccessTimeUtc).ToList())
        {
            if (CachedFile.TryParse(file) is not { } left)
            {
                // A process that shares the directory may be writing it.
                if (
                    file.Name.StartsWith(CachedFile.Unfinished, StringComparison.Ordinal)
                    && now.UtcDateTime - file.LastWriteTimeUtc > TimeSpan.FromHours(1)
                )
                    file.Delete();
                continue;
            }

            if (_files.TryGetValue(left.Key, out var twin))
            {
                Drop(twin.Value);
                Delete(twin.Value);
            }

            Add(left);
        }

        while (_bytes > maxBytes && _lastAskedFirst.Last is { } oldest)
        {
            Drop(oldest.Value);
            Delete(oldest.Value);
        }

        return _files;
    }

    private void Warn(Exception fault)
    {
        if (_warnedAt is { } last && time.GetElapsedTime(last) < WarnAfter)
            return;
        _warnedAt = time.GetTimestamp();
        LogFailed(logger, path, fault.Message);
    }

    [LoggerMessage(LogLevel.Warning, "The cache in {Path} can't be used, and pictures come from the store each time: {Why}")]
    private static partial void LogFailed(ILogger logger, string path, string why);

    [LoggerMessage(LogLevel.Warning, "The cached file of {Key} was damaged; it comes from the store again.")]
    private static partial void LogDamaged(ILogger logger, ObjectKey key);
}

/// <summary>One file of the cache; its name has all that is known of it.</summary>
internal sealed record CachedFile(ObjectKey Key, string Checksum, long LengthBytes)
{
    // Neither occurs in a key.
    public const string Unfinished = "_";
    private const char Slash = '_';
    private const char BeforeChecksum = '~';

    public DateTimeOffset AskedAt { get; set; }

    public string PathIn(string directory) => Path.Combine(directory, $"{Key.Value.Replace('/', Slash)}{BeforeChecksum}{Checksum}");

    /// <summary>Null for what is none, and for one that is not finished.</summary>
    public static CachedFile? TryParse(FileInfo file) =>
        file.Name.Split(BeforeChecksum) is [{ Length: > 0 } key, { Length: 32 } checksum] && ObjectKey.TryParse(key.Replace(Slash, '/')) is { } of
            ? new CachedFile(of, checksum, file.Length) { AskedAt = new DateTimeOffset(file.LastAccessTimeUtc) }
            : null;
}
