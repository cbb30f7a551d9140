using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Images;

/// <summary>Opens an image's stored bytes for an asker that <see cref="IImageQueries.FindFileAsync(Accounts.Actor, string, CancellationToken)"/> let through.
/// The caller disposes the streams.</summary>
public sealed partial class OpenImage(IObjectStore store, JpegRenditions jpegs, ILogger<OpenImage> logger)
{
    /// <summary>One rendition. <see cref="NotFound"/> before the image was rendered; <see cref="ImageErrors.NotReady"/> when a rendition
    /// that should be there is not, or the store is away: that is the server's fault and passes.</summary>
    public async Task<Result<Stream>> RenditionAsync(ImageFile file, Rendition rendition, bool asJpeg, CancellationToken cancellationToken)
    {
        if (!file.IsRendered)
            return new NotFound("image");

        try
        {
            var content = asJpeg
                ? await jpegs.OpenAsync(file.Id, rendition, cancellationToken)
                : await store.OpenAsync(ObjectKey.Rendition(file.Id, rendition.Name, "webp"), cancellationToken);
            if (content is not null)
                return content;
            LogMissing(logger, rendition.Name, file.Id);
        }
        catch (Exception down) when (down is ObjectStoreUnavailableException or RendererUnavailableException)
        {
            LogUnavailable(logger, rendition.Name, file.Id, down);
        }

        return new ImageErrors.NotReady();
    }

    /// <summary>The uploaded bytes, for the owner alone.</summary>
    public async Task<Result<Stream>> OriginalAsync(ImageFile file, CancellationToken cancellationToken)
    {
        if (!file.CanReadOriginal)
            return new NotFound("image");

        try
        {
            return await store.OpenAsync(ObjectKey.Original(file.Id), cancellationToken) is { } content ? content : new ImageErrors.OriginalLost();
        }
        catch (ObjectStoreUnavailableException)
        {
            return new ImageErrors.NotReady();
        }
    }

    [LoggerMessage(LogLevel.Error, "The {Rendition} of image {Image} is not in the store.")]
    private static partial void LogMissing(ILogger logger, string rendition, ImageId image);

    [LoggerMessage(LogLevel.Warning, "The {Rendition} of image {Image} could not be opened.")]
    private static partial void LogUnavailable(ILogger logger, string rendition, ImageId image, Exception failure);
}
