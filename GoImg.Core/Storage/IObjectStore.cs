namespace GoImg.Core.Storage;

/// <summary>Bytes by name. A name appears only when all its bytes are durable, so a reader never meets half an object.
/// Every method throws <see cref="ObjectStoreUnavailableException"/> when the store is out of reach and
/// <see cref="ObjectStoreFullException"/> when it has no room.</summary>
public interface IObjectStore
{
    /// <summary>Writes the stream to a nameless temporary place while hashing, at O(1) memory. Reads at most
    /// <paramref name="maxBytes"/> + 1 bytes; <see cref="StagedObject.ExceedsLimit"/> tells that there were more.
    /// The caller disposes what it gets; undisposed leftovers are swept after a day.</summary>
    Task<StagedObject> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Gives staged bytes their name; durable when it returns. An object of that name is replaced.</summary>
    Task PromoteAsync(StagedObject staged, ObjectKey key, ObjectMetadata metadata, CancellationToken cancellationToken);

    /// <summary>Stores a stream under a name; durable when it returns. An object of that name is replaced.</summary>
    Task PutAsync(ObjectKey key, Stream content, ObjectMetadata metadata, CancellationToken cancellationToken);

    /// <summary>The object, or a range of it, which the caller disposes; null when there is none.</summary>
    /// <param name="range">Null for all of it; what lies behind its end is left out.</param>
    Task<OpenObject?> OpenAsync(ObjectKey key, ByteRange? range, CancellationToken cancellationToken);

    /// <summary>Null when there is none.</summary>
    Task<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Removes the object; no object is no error.</summary>
    Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>All objects whose key starts with <paramref name="prefix"/>, in no order, lazily, and without their metadata.</summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>An address at which anyone can GET the object until the time is over, whoever it belongs to: to be given to those alone who may have it.
    /// Absolute, or for a store whose objects this application serves a path of it. Does not look whether the object is there.</summary>
    Task<Uri> GetSignedUrlAsync(ObjectKey key, TimeSpan validFor, CancellationToken cancellationToken);

    /// <summary>Removes staged leftovers older than <paramref name="age"/>; returns how many.</summary>
    Task<int> SweepStagedAsync(TimeSpan age, CancellationToken cancellationToken);
}

/// <summary>An object being read.</summary>
/// <param name="content">See <see cref="Content"/>.</param>
/// <param name="lengthBytes">See <see cref="LengthBytes"/>.</param>
public sealed class OpenObject(Stream content, long lengthBytes) : IAsyncDisposable
{
    /// <summary>Its bytes, or those of the range, once from the first to the last: it cannot seek and knows no length. Asynchronous reads only.</summary>
    public Stream Content => content;

    /// <summary>Of the whole object, also when a range was asked for.</summary>
    public long LengthBytes => lengthBytes;

    public ValueTask DisposeAsync() => content.DisposeAsync();
}

/// <summary>So many bytes from a place on.</summary>
public readonly record struct ByteRange(long OffsetBytes, long LengthBytes);

public sealed record ObjectInfo(ObjectKey Key, long LengthBytes, DateTimeOffset WrittenAt)
{
    public ObjectMetadata Metadata { get; init; } = ObjectMetadata.None;
}

/// <summary>Bytes that are stored but have no name yet, on this machine whatever the store. Disposing removes them unless they were promoted.</summary>
public abstract class StagedObject : IAsyncDisposable
{
    public required long LengthBytes { get; init; }

    /// <summary>SHA-256 of the bytes, 32 of them.</summary>
    public required byte[] Sha256 { get; init; }

    /// <summary>The stream had more bytes than allowed; what is staged is not the whole.</summary>
    public required bool ExceedsLimit { get; init; }

    /// <summary>A new seekable stream over the bytes, which the caller disposes.</summary>
    public abstract Task<Stream> OpenAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

public class ObjectStoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

public sealed class ObjectStoreFullException(string message, Exception? inner = null) : ObjectStoreUnavailableException(message, inner);
