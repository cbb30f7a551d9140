using GoImg.Core.Integrity;
using GoImg.Core.Jobs;
using GoImg.Core.LiveUpdates;
using GoImg.Core.Scanning;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

public sealed record PrepareImageJob(ImageId ImageId) : IJob
{
    public static string Kind => "image.prepare";
}

/// <summary>Scans, renders and publishes an uploaded image. Nothing it does before its one commit can be seen, so it may run
/// any number of times, also at once.</summary>
public sealed class PrepareImage(
    IImages images,
    ReadOriginal originals,
    QuarantineImage quarantine,
    RenderImage renderings,
    DamagedOriginals damaged,
    IMalwareScanner scanner,
    IUnitOfWork unitOfWork,
    ILiveUpdates liveUpdates,
    IFailpoints failpoints
) : IJobHandler<PrepareImageJob>
{
    public async Task<JobOutcome> HandleAsync(PrepareImageJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        var image = await images.FindAsync(job.ImageId, cancellationToken);
        try
        {
            if (image is { IsQuarantined: true })
                await quarantine.RemoveServedBytesAsync(image.Id, cancellationToken);
            return image is { IsBeingPrepared: true } ? await PrepareAsync(image, cancellationToken) : new JobOutcome.Done();
        }
        catch (Exception down) when (TransientFailures.SnoozeOf(down) is { } snooze)
        {
            if (down is ScannerUnavailableException)
                await StageAsync(image!, ImageStage.WaitingForScanner, cancellationToken);
            return snooze;
        }
    }

    public async Task OnDeadLetteredAsync(PrepareImageJob job, CancellationToken cancellationToken)
    {
        if (
            await images.FindAsync(job.ImageId, cancellationToken) is { } image
            && await SettleAsync(image, i => i.Fail(new ImageErrors.GaveUp()), cancellationToken) == Settled.KeptChanging
        )
            throw new InvalidOperationException("The image kept changing.");
    }

    public async Task OnRequeuedAsync(PrepareImageJob job, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(job.ImageId, cancellationToken) is { State: ImageState.Failed } image)
            image.Retry();
    }

    private async Task<JobOutcome> PrepareAsync(Image image, CancellationToken cancellationToken)
    {
        var opened = await originals.OpenAsync(image, cancellationToken);
        if (opened.Error is { } lost)
        {
            var failed = await SettleAsync(image, i => i.Fail(lost), cancellationToken);
            await damaged.ReportAsync(image.Id, lost, cancellationToken);
            return OutcomeOf(failed);
        }

        await using var original = opened.Value;
        if (await FindMalwareAsync(image, original, cancellationToken) is { } malware)
            return await quarantine.LockAwayAsync(image, original, malware, cancellationToken);
        await failpoints.HitAsync("prepare.after-scan", cancellationToken);

        await StageAsync(image, ImageStage.Rendering, cancellationToken);
        var rendering = await renderings.RenderAsync(original, cancellationToken);
        if (rendering.Error is { } fault)
            return OutcomeOf(await SettleAsync(image, i => i.Fail(fault), cancellationToken));

        await using var rendered = rendering.Value;
        await failpoints.HitAsync("prepare.after-render", cancellationToken);
        var renditions = await renderings.StoreAsync(image.Id, rendered, cancellationToken);
        await failpoints.HitAsync("prepare.after-store", cancellationToken);

        var settled = await SettleAsync(image, i => i.Publish(rendered, renditions.Stored, scanner.IsOn), cancellationToken);
        await renderings.ClearUpAsync(image.Id, renditions, werePublished: settled == Settled.Saved, cancellationToken);
        return OutcomeOf(settled);
    }

    private async Task<string?> FindMalwareAsync(Image image, Stream original, CancellationToken cancellationToken)
    {
        if (!scanner.IsOn)
            return null;

        await StageAsync(image, ImageStage.Scanning, cancellationToken);
        return (await scanner.ScanAsync(original, cancellationToken)).Malware;
    }

    /// <summary>Saves the end of the preparation, again on the newest version when the owner edited the image meanwhile.</summary>
    private async Task<Settled> SettleAsync(Image loaded, Action<Image> settle, CancellationToken cancellationToken)
    {
        var image = loaded;
        for (var tries = 0; tries < 5; tries++)
        {
            if (image is not { IsBeingPrepared: true })
                return Settled.NotNeeded;

            settle(image);
            await failpoints.HitAsync("prepare.before-commit", cancellationToken);
            if ((await unitOfWork.CommitAsync(cancellationToken)).IsSuccess)
            {
                await failpoints.HitAsync("prepare.after-commit", cancellationToken);
                await liveUpdates.PublishAsync(new ImageChanged(image.OwnerId, image.Id), cancellationToken);
                return Settled.Saved;
            }

            image = await images.FindAsync(loaded.Id, cancellationToken);
        }

        return Settled.KeptChanging;
    }

    private static JobOutcome OutcomeOf(Settled settled) =>
        settled == Settled.KeptChanging ? new JobOutcome.Retry("The image kept changing while its end was saved.") : new JobOutcome.Done();

    private async Task StageAsync(Image image, ImageStage stage, CancellationToken cancellationToken)
    {
        await images.SetStageAsync(image.Id, stage, cancellationToken);
        await liveUpdates.PublishAsync(new ImageChanged(image.OwnerId, image.Id), cancellationToken);
    }

    private enum Settled
    {
        Saved,

        /// <summary>Somebody else brought it to its end, or it is gone.</summary>
        NotNeeded,
        KeptChanging,
    }
}
