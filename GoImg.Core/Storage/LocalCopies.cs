using System.Buffers;
using System.Security.Cryptography;

namespace GoImg.Core.Storage;

/// <summary>Objects copied to this machine, for work that reads them more than once or here and there: the store is read once, and the bytes
/// are hashed on the way, at O(1) memory.</summary>
public sealed class LocalCopies(IObjectStore store, IScratchFiles scratch)
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>A seekable copy at its beginning, gone when the caller disposes it; null when there is no such object.
    /// Throws <see cref="ObjectDamagedException"/> when the object is not what has this length and hash.</summary>
    public async Task<Stream?> CopyAsync(ObjectKey key, long lengthBytes, byte[] sha256, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenWholeAsync(key, lengthBytes, cancellationToken);
        if (content is null)
            return null;

        var copy = scratch.CreateFile();
        try
        {
            if (!(await CopyAsync(content, copy, cancellationToken)).AsSpan().SequenceEqual(sha256))
                throw new ObjectDamagedException($"The bytes of {key} are not those that were stored.");
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    private static async Task<byte[]> CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return hash.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>Files of this machine for work under way.</summary>
public interface IScratchFiles
{
    /// <summary>An empty file to write and to read, which is gone when it is disposed. What a killed process left is removed at its next start.</summary>
    Stream CreateFile();
}
