using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>Brings an original here for work on it, after making sure that it still is what its owner sent: nothing is rendered from damaged bytes.
/// The one read of a job; scanner, inspector and renderer read the copy.</summary>
public sealed class ReadOriginal(LocalCopies copies)
{
    /// <summary>Fails with <see cref="ImageErrors.OriginalLost"/> or <see cref="ImageErrors.OriginalDamaged"/>. The stream is seekable; the caller disposes it.</summary>
    public async Task<Result<Stream>> CopyAsync(Image image, CancellationToken cancellationToken)
    {
        try
        {
            return await copies.CopyAsync(ImageObjectKeys.Original(image.Id), image.SizeBytes, image.Sha256, cancellationToken) is { } original
                ? original
                : new ImageErrors.OriginalLost();
        }
        catch (ObjectDamagedException)
        {
            return new ImageErrors.OriginalDamaged();
        }
    }
}
