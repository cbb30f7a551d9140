using System.Text;
using GoImg.Core.Albums;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Archives;

namespace GoImg.Infrastructure.Albums;

internal sealed class ZipAlbum(IScratchFiles scratch, TimeProvider time) : IAlbumArchive
{
    private const string LeftOut = "NOT-IN-HERE.txt";

    public async Task WriteAsync(IAsyncEnumerable<AlbumFile> files, Stream output, CancellationToken cancellationToken)
    {
        var zip = new ZipWriter(output, scratch, time.GetUtcNow());
        var missing = new StringBuilder();
        await foreach (var file in files.WithCancellation(cancellationToken))
        {
            if (await AddAsync(zip, file, cancellationToken) is { } why)
                missing.Append(file.Name).Append(": ").AppendLine(why);
        }

        if (missing.Length > 0)
            await zip.AddDeflatedAsync(
                LeftOut,
                text => text.WriteAsync(Encoding.UTF8.GetBytes(missing.ToString()), cancellationToken).AsTask(),
                cancellationToken
            );
        await zip.FinishAsync(cancellationToken);
    }

    /// <summary>Why it could not be had; null when it was added.</summary>
    private static async Task<string?> AddAsync(ZipWriter zip, AlbumFile file, CancellationToken cancellationToken)
    {
        // Once for what stands before the bytes, and then the bytes.
        var first = await file.OpenAsync();
        if (first.Error is { } error)
            return error.Message;
        var (checksum, lengthBytes) = await ChecksumAsync(first.Value, cancellationToken);

        var second = await file.OpenAsync();
        if (second.Error is { } gone)
            return gone.Message;
        await using var content = second.Value;
        await zip.AddStoredAsync(file.Name, lengthBytes, checksum, entry => content.CopyToAsync(entry, cancellationToken), cancellationToken);
        return null;
    }

    private static async Task<(uint Crc32, long LengthBytes)> ChecksumAsync(Stream content, CancellationToken cancellationToken)
    {
        await using (content)
        {
            await using var counted = new EntryStream(Stream.Null, long.MaxValue);
            await content.CopyToAsync(counted, cancellationToken);
            return (counted.Crc32, counted.Length);
        }
    }
}
