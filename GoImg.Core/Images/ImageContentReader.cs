using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Images;

/// <summary>Opens an image's stored bytes for an asker that <see cref="IImageQueries.FindFileAsync(Accounts.Actor, string, CancellationToken)"/> let through.
/// The caller disposes the streams.</summary>
public sealed partial class ImageContentReader(
    IObjectStore store,
    IHotObjects hot,
    RenditionSet renditions,
    JpegRenditions jpegs,
    IDirectDelivery direct,
    RenditionJobs jobs,
    IServiceScopeFactory scopes,
    ILogger<ImageContentReader> logger
)
{
    /// <summary>One rendition, or the one that is served for it. <see cref="NotFound"/> before the image was rendered; <see cref="ImageErrors.NotReady"/> when a rendition
    /// that should be there is missing or damaged, and then it is made again, or when the store is away; <see cref="ImageErrors.NoJpeg"/> when only the
    /// JPEG could not be made: all that is the server's fault and passes.</summary>
    public async Task<Result<Stream>> RenditionAsync(ImageFile file, Rendition asked, bool asJpeg, CancellationToken cancellationToken)
    {
        if (!file.IsRendered)
            return new NotFound("image");

        var rendition = renditions.Served(asked, one => file.Renditions.Any(stored => stored.File == one.File)) ?? asked;

        try
        {
            var opened = asJpeg ? await jpegs.OpenAsync(file, rendition, cancellationToken) : await OpenWebPAsync(file, rendition, cancellationToken);
            if (opened.Error is ImageErrors.NoJpeg failed)
                LogNoJpeg(logger, rendition.Name, file.Id, failed.Why);
            if (opened.Error is not NotFound)
                return opened;
            LogMissing(logger, rendition.Name, file.Id);
            await WantRenditionsAsync(file, cancellationToken);
        }
        catch (ObjectDamagedException damaged)
        {
            LogDamaged(logger, rendition.Name, file.Id, damaged.Message);
            await WantRenditionsAsync(file, cancellationToken);
        }
        catch (Exception down) when (down is ObjectStoreUnavailableException or RendererUnavailableException)
        {
            LogUnavailable(logger, rendition.Name, file.Id, down);
        }

        return new ImageErrors.NotReady();
    }

    /// <summary>An address at which anyone gets the rendition from the store itself; null where this application has to send it: not everyone may see it, it is
    /// still to be made, or <see cref="IDirectDelivery"/> is off.</summary>
    public async Task<Uri?> DirectAddressAsync(ImageFile file, Rendition asked, bool asJpeg, CancellationToken cancellationToken)
    {
        if (direct.Origin is null || !file.IsRendered || !file.IsPubliclyCacheable)
            return null;
        var rendition = renditions.Served(asked, one => file.Renditions.Any(stored => stored.File == one.File)) ?? asked;
        var name = asJpeg ? rendition.Name + ".jpg" : rendition.File;
        return file.Renditions.Any(stored => stored.File == name)
            ? await direct.AddressOfAsync(ImageObjectKeys.Rendition(file.Id, file.RenditionSet, name), cancellationToken)
            : null;
    }

    /// <summary>A copy in full size without metadata, for who may download one. <see cref="ImageErrors.FullSizeIsBeingMade"/> when there is none yet.</summary>
    public Task<Result<Stream>> FullSizeAsync(ImageFile file, CancellationToken cancellationToken) =>
        OnDemandAsync(
            file,
            stored => stored.File == FullSize.File,
            FullSize.Name,
            new MakeFullSizeJob(file.Id),
            new ImageErrors.FullSizeIsBeingMade(),
            cancellationToken
        );

    /// <summary>The <see cref="DownloadCopy"/>, for who may have one. <see cref="ImageErrors.DownloadIsBeingMade"/> when there is none yet.</summary>
    public async Task<Result<OpenedDownload>> DownloadAsync(ImageFile file, CancellationToken cancellationToken)
    {
        var opened = await OnDemandAsync(
            file,
            DownloadCopy.IsOne,
            "download",
            new MakeDownloadJob(file.Id),
            new ImageErrors.DownloadIsBeingMade(),
            cancellationToken
        );
        return opened.IsSuccess
            ? new OpenedDownload(opened.Value, DownloadCopy.FormatOf(file.Renditions.First(DownloadCopy.IsOne))!.Value)
            : opened.Error!;
    }

    /// <summary>What is made by a job when somebody asks for it first, and kept with the renditions.</summary>
    private async Task<Result<Stream>> OnDemandAsync<TJob>(
        ImageFile file,
        Func<StoredRendition, bool> isIt,
        string name,
        TJob job,
        Error isBeingMade,
        CancellationToken cancellationToken
    )
        where TJob : IJob
    {
        if (!file.IsRendered || !file.CanDownload)
            return new NotFound("image");

        try
        {
            if (file.Renditions.FirstOrDefault(isIt) is not { } made)
            {
                await jobs.PassOnAsync(file, name, job, cancellationToken);
                return isBeingMade;
            }

            var key = ImageObjectKeys.Rendition(file.Id, file.RenditionSet, made.File);
            if (await store.OpenWholeAsync(key, made.LengthBytes, cancellationToken) is { } content)
                return content;
            // Gone from the store: the whole set is made again, and then this on demand.
            LogMissing(logger, name, file.Id);
            await WantRenditionsAsync(file, cancellationToken);
        }
        catch (ObjectDamagedException damaged)
        {
            LogDamaged(logger, name, file.Id, damaged.Message);
            await WantRenditionsAsync(file, cancellationToken);
        }
        catch (ObjectStoreUnavailableException down)
        {
            LogUnavailable(logger, name, file.Id, down);
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
            return await store.OpenWholeAsync(ImageObjectKeys.Original(file.Id), file.LengthBytes, cancellationToken) is { } content
                ? content
                : new ImageErrors.OriginalLost();
        }
        catch (ObjectDamagedException damaged)
        {
            LogDamaged(logger, "original", file.Id, damaged.Message);
            return new ImageErrors.OriginalDamaged();
        }
        catch (ObjectStoreUnavailableException)
        {
            return new ImageErrors.NotReady();
        }
    }

    // In a scope of its own, made when something is wrong: nothing that reaches for the database is made for a rendition that is in memory.
    private async Task WantRenditionsAsync(ImageFile file, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IImages>().WantRenditionsAsync(file.Id, file.RenditionSet, cancellationToken);
    }

    private async Task<Result<Stream>> OpenWebPAsync(ImageFile file, Rendition rendition, CancellationToken cancellationToken) =>
        file.Renditions.FirstOrDefault(r => r.File == rendition.File) is { } stored
        && await hot.OpenWholeAsync(ImageObjectKeys.Rendition(file.Id, file.RenditionSet, stored.File), stored.LengthBytes, cancellationToken)
            is { } content
            ? content
            : new NotFound("rendition");

    [LoggerMessage(LogLevel.Error, "The {Rendition} of image {Image} is not in the store.")]
    private static partial void LogMissing(ILogger logger, string rendition, ImageId image);

    [LoggerMessage(LogLevel.Error, "The {Rendition} of image {Image} could not be made a JPEG: {Why}.")]
    private static partial void LogNoJpeg(ILogger logger, string rendition, ImageId image, string why);

    [LoggerMessage(LogLevel.Error, "The {Rendition} of image {Image} is damaged: {Damage}")]
    private static partial void LogDamaged(ILogger logger, string rendition, ImageId image, string damage);

    [LoggerMessage(LogLevel.Warning, "The {Rendition} of image {Image} could not be opened.")]
    private static partial void LogUnavailable(ILogger logger, string rendition, ImageId image, Exception failure);
}
