namespace GoImg.Core.Storage;

/// <summary>Reading with the length that the database promises: bytes that are not all there are never served.</summary>
public static class WholeObjects
{
    /// <summary>The object, which the caller disposes; null when there is none. Throws <see cref="ObjectDamagedException"/> when it has another length:
    /// what the bytes are has not been looked at. The stream stands at its beginning and knows its length. Going back in it may make a store on a
    /// network fetch the object anew, or be more than it can do: who reads twice opens twice.</summary>
    public static async Task<Stream?> OpenWholeAsync(this IObjectStore store, ObjectKey key, long lengthBytes, CancellationToken cancellationToken)
    {
        var content = await store.OpenAsync(key, cancellationToken);
        if (content is null || content.Length == lengthBytes)
            return content;

        var found = content.Length;
        await content.DisposeAsync();
        throw new ObjectDamagedException($"{key} has {found} bytes instead of {lengthBytes}.");
    }
}

/// <summary>An object's bytes are not those that were stored. The store works; this one object is lost.</summary>
public sealed class ObjectDamagedException(string message) : Exception(message);
