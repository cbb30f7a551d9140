using System.Collections.Concurrent;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage.S3;

namespace GoImg.Infrastructure.Storage;

/// <summary>Keeps what was asked for a second time lately, the last asked for longest, and ten minutes at most: what another node deleted goes from memory too.
/// However many ask for an object at once, it is read once.</summary>
/// <param name="disk">Between memory and a store that is far away; null where there is none.</param>
internal sealed class HotObjects(IObjectStore store, StorageOptions options, TimeProvider time, DiskCache? disk = null) : IHotObjects
{
    /// <summary>Larger ones are streamed from the store.</summary>
    public const long LargestBytes = 512 << 10;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly Lock _changing = new();
    private readonly Dictionary<ObjectKey, LinkedListNode<Held>> _held = [];
    private readonly LinkedList<Held> _lastAskedFirst = [];
    private readonly ConcurrentDictionary<ObjectKey, Lazy<Task<byte[]?>>> _reading = new();

    // By hash alone: of two objects in one place one is kept later than it could be, no more.
    private readonly int[] _askedOnce = new int[8192];
    private long _bytes;
    private long _forgotten;

    public async Task<Stream?> OpenWholeAsync(ObjectKey key, long lengthBytes, CancellationToken cancellationToken)
    {
        if (Find(key) is { } held)
            return Open(held);
        if (lengthBytes > Math.Min(LargestBytes, options.MemoryBytes) || !WasAskedBefore(key))
            return await OpenStoredAsync(key, lengthBytes, cancellationToken);

        // Not the asker's token: others wait for the same bytes.
        var reading = _reading.GetOrAdd(key, _ => new Lazy<Task<byte[]?>>(() => ReadAsync(key, lengthBytes)));
        return await reading.Value.WaitAsync(cancellationToken) is { } read ? Open(read) : null;
    }

    public void Forget(string prefix)
    {
        disk?.Forget(prefix);
        lock (_changing)
        {
            _forgotten++;
            foreach (var node in _held.Where(pair => pair.Key.Value.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Value).ToList())
                Remove(node);
        }
    }

    private async Task<Stream?> OpenStoredAsync(ObjectKey key, long lengthBytes, CancellationToken cancellationToken) =>
        disk is null
            ? await store.OpenWholeAsync(key, lengthBytes, cancellationToken)
            : await disk.OpenWholeAsync(key, lengthBytes, cancellationToken);

    private static MemoryStream Open(byte[] bytes) => new(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);

    private byte[]? Find(ObjectKey key)
    {
        lock (_changing)
        {
            if (!_held.TryGetValue(key, out var node))
                return null;
            if (time.GetElapsedTime(node.Value.ReadAt) > Life)
            {
                Remove(node);
                return null;
            }

            if (node.Previous is not null)
            {
                _lastAskedFirst.Remove(node);
                _lastAskedFirst.AddFirst(node);
            }

            return node.Value.Bytes;
        }
    }

    private bool WasAskedBefore(ObjectKey key)
    {
        var hash = key.GetHashCode() | 1;
        return Interlocked.Exchange(ref _askedOnce[(uint)hash % _askedOnce.Length], hash) == hash;
    }

    private async Task<byte[]?> ReadAsync(ObjectKey key, long lengthBytes)
    {
        try
        {
            var forgotten = Interlocked.Read(ref _forgotten);
            await using var content = await OpenStoredAsync(key, lengthBytes, CancellationToken.None);
            if (content is null)
                return null;
            var bytes = new byte[lengthBytes];
            await content.ReadExactlyAsync(bytes, CancellationToken.None);
            Keep(key, bytes, forgotten);
            return bytes;
        }
        finally
        {
            _reading.TryRemove(key, out _);
        }
    }

    private void Keep(ObjectKey key, byte[] bytes, long forgotten)
    {
        lock (_changing)
        {
            // It may be what was forgotten while it was read.
            if (_forgotten != forgotten || _held.ContainsKey(key))
                return;
            _held[key] = _lastAskedFirst.AddFirst(new Held(key, bytes, time.GetTimestamp()));
            _bytes += bytes.Length;
            while (_bytes > options.MemoryBytes && _lastAskedFirst.Last is { } oldest)
                Remove(oldest);
        }
    }

    private void Remove(LinkedListNode<Held> node)
    {
        _held.Remove(node.Value.Key);
        _lastAskedFirst.Remove(node);
        _bytes -= node.Value.Bytes.Length;
    }

    private sealed record Held(ObjectKey Key, byte[] Bytes, long ReadAt);
}
