using GoImg.Core.Jobs;
using GoImg.Core.Notifications;
using GoImg.Core.Rendering;
using GoImg.Core.Scanning;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Images;

public sealed record PrepareImageJob(ImageId ImageId) : IJob
{
    public static string Kind => "image.prepare";
}

/// <summary>Scans, renders and publishes an uploaded image. Every step writes what the step before a crash would have written, so it may run
/// any number of times; the image becomes visible in one commit at the end.</summary>
public sealed partial class PrepareImage(
    IImages images, IObjectStore store, IMalwareScanner scanner, IImageInspector inspector, IImageRenderer renderer, IUnitOfWork unitOfWork,
    IChangeBus changes, IFailpoints failpoints, ILogger<PrepareImage> logger) : IJobHandler<PrepareImageJob>
{
    private static readonly TimeSpan DependencyDelay = TimeSpan.FromSeconds(30);

    public async Task<JobOutcome> HandleAsync(PrepareImageJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        var image = await images.FindAsync(job.ImageId, cancellationToken);
        if (image?.State == ImageState.Quarantined)
            await RemoveServedBytesAsync(image, cancellationToken);
        if (image is not { IsBeingPrepared: true })
            return new JobOutcome.Done();

        try
        {
            return await PrepareAsync(image, cancellationToken);
        }
        catch (ScannerUnavailableException down)
        {
            await StageAsync(image, ImageStage.WaitingForScanner, cancellationToken);
            return new JobOutcome.Snooze(DependencyDelay, down.Message);
        }
        catch (RendererUnavailableException down)
        {
            return new JobOutcome.Snooze(DependencyDelay, down.Message);
        }
        catch (ObjectStoreUnavailableException down)
        {
            return new JobOutcome.Snooze(DependencyDelay, down.Message);
        }
    }

    public async Task GiveUpAsync(PrepareImageJob job, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(job.ImageId, cancellationToken) is { } image
            && await SettleAsync(image, i => i.Fail(new ImageErrors.GaveUp()), cancellationToken) is JobOutcome.Retry)
            throw new InvalidOperationException("The image kept changing.");
    }

    private async Task<JobOutcome> PrepareAsync(Image image, CancellationToken cancellationToken)
    {
        await using var original = await store.OpenAsync(ObjectKey.Original(image.Id), cancellationToken);
        if (original is null)
        {
            LogOriginalLost(logger, image.Id);
            return await SettleAsync(image, i => i.Fail(new ImageErrors.OriginalLost()), cancellationToken);
        }

        if (await FindMalwareAsync(image, original, cancellationToken) is { } malware)
            return await QuarantineAsync(image, original, malware, cancellationToken);
        await failpoints.HitAsync("prepare.after-scan", cancellationToken);

        await StageAsync(image, ImageStage.Rendering, cancellationToken);
        var rendering = await RenderAsync(original, cancellationToken);
        if (rendering.Error is { } fault)
            return await SettleAsync(image, i => i.Fail(fault), cancellationToken);

        await using var rendered = rendering.Value;
        await failpoints.HitAsync("prepare.after-render", cancellationToken);
        await StoreAsync(image.Id, rendered, cancellationToken);
        await failpoints.HitAsync("prepare.after-store", cancellationToken);
        return await SettleAsync(image, i => i.Publish(rendered, scanner.IsOn), cancellationToken);
    }

    private async Task<string?> FindMalwareAsync(Image image, Stream original, CancellationToken cancellationToken)
    {
        if (!scanner.IsOn)
            return null;

        await StageAsync(image, ImageStage.Scanning, cancellationToken);
        return (await scanner.ScanAsync(original, cancellationToken)).Malware;
    }

    private async Task<Result<RenderedImage>> RenderAsync(Stream original, CancellationToken cancellationToken)
    {
        // Inspected again: the header is not kept, and a file that met looser limits at its upload must meet today's.
        original.Position = 0;
        var header = await inspector.InspectAsync(original, cancellationToken);
        if (header.Error is { } refused)
            return refused;

        original.Position = 0;
        return await renderer.RenderAsync(original, header.Value, cancellationToken);
    }

    private async Task StoreAsync(ImageId image, RenderedImage rendered, CancellationToken cancellationToken)
    {
        foreach (var file in rendered.Files)
        {
            await using var content = file.OpenRead();
            await store.PutAsync(ObjectKey.Rendition(image, file.Rendition.Name, "webp"), content, cancellationToken);
        }
    }

    private async Task<JobOutcome> QuarantineAsync(Image image, Stream original, string malware, CancellationToken cancellationToken)
    {
        // Copied, committed, then removed: after a crash the handler starts over or only removes, and the bytes are never gone or served.
        original.Position = 0;
        await store.PutAsync(ObjectKey.Quarantine(image.Id), original, cancellationToken);
        var outcome = await SettleAsync(image, i => i.Quarantine(new ImageErrors.Infected(malware)), cancellationToken);
        if (outcome is JobOutcome.Done)
            await RemoveServedBytesAsync(image, cancellationToken);
        return outcome;
    }

    private async Task RemoveServedBytesAsync(Image image, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(ObjectKey.Original(image.Id), cancellationToken);
        await foreach (var rendition in store.ListAsync(ObjectKey.RenditionsOf(image.Id), cancellationToken))
            await store.DeleteAsync(rendition.Key, cancellationToken);
    }

    /// <summary>Saves the end of the preparation, again on the newest version when the owner edited the image meanwhile.</summary>
    private async Task<JobOutcome> SettleAsync(Image loaded, Action<Image> settle, CancellationToken cancellationToken)
    {
        var image = loaded;
        for (var tries = 0; tries < 5; tries++)
        {
            if (image is not { IsBeingPrepared: true })
                return new JobOutcome.Done();

            settle(image);
            await failpoints.HitAsync("prepare.before-commit", cancellationToken);
            if ((await unitOfWork.CommitAsync(cancellationToken)).IsSuccess)
            {
                await changes.PublishAsync(new ImageChanged(image.OwnerId, image.Id), cancellationToken);
                return new JobOutcome.Done();
            }

            image = await images.FindAsync(loaded.Id, cancellationToken);
        }

        return new JobOutcome.Retry("The image kept changing while its end was saved.");
    }

    private async Task StageAsync(Image image, ImageStage stage, CancellationToken cancellationToken)
    {
        await images.SetStageAsync(image.Id, stage, cancellationToken);
        await changes.PublishAsync(new ImageChanged(image.OwnerId, image.Id), cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "The original of image {Image} is not in the store.")]
    private static partial void LogOriginalLost(ILogger logger, ImageId image);
}
