using System.Security.Cryptography;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>Opens an original for work on it, after making sure that it still is what its owner sent: nothing is rendered from damaged bytes.</summary>
public sealed class ReadOriginal(IObjectStore store)
{
    /// <summary>Fails with <see cref="ImageErrors.OriginalLost"/> or <see cref="ImageErrors.OriginalDamaged"/>. The caller disposes the stream.</summary>
    public async Task<Result<Stream>> OpenAsync(Image image, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.OpenWholeAsync(ObjectKey.Original(image.Id), image.SizeBytes, cancellationToken) is not { } original)
                return new ImageErrors.OriginalLost();
            if ((await SHA256.HashDataAsync(original, cancellationToken)).AsSpan().SequenceEqual(image.Sha256))
                return original;

            await original.DisposeAsync();
            return new ImageErrors.OriginalDamaged();
        }
        catch (ObjectDamagedException)
        {
            return new ImageErrors.OriginalDamaged();
        }
    }
}
