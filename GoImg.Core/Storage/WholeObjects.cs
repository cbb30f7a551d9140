namespace GoImg.Core.Storage;

/// <summary>Reading with the length that the database promises: bytes that are not all there are never served.</summary>
public static class WholeObjects
{
    /// <summary>The object, which the caller disposes; null when there is none. Throws <see cref="ObjectDamagedException"/> when it has another length:
    /// what the bytes are has not been looked at.</summary>
    public static async Task<ObjectStream?> OpenWholeAsync(
        this IObjectStore store,
        ObjectKey key,
        long lengthBytes,
        CancellationToken cancellationToken
    )
    {
        var opened = await store.OpenAsync(key, range: null, cancellationToken);
        if (opened is null)
            return null;
        if (opened.LengthBytes == lengthBytes)
            return new ObjectStream(store, key, opened);

        await opened.DisposeAsync();
        throw new ObjectDamagedException($"{key} has {opened.LengthBytes} bytes instead of {lengthBytes}.");
    }
}

/// <summary>An object's bytes are not those that were stored. The store works; this one object is lost.</summary>
public sealed class ObjectDamagedException(string message) : Exception(message);
