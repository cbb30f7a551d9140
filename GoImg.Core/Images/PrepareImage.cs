using GoImg.Core.Jobs;
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
    IOriginalFactsReader facts,
    IMalwareScanner scanner,
    IUnitOfWork unitOfWork,
    IProcessingStages stages,
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
                await stages.EnterAsync(image!, ImageStage.WaitingForScanner, cancellationToken);
            return snooze;
        }
    }

    public async Task OnDeadLetteredAsync(PrepareImageJob job, CancellationToken cancellationToken)
    {
        if (!(await SettleAsync(job.ImageId, i => i.Fail(new ImageErrors.GaveUp()), cancellationToken)).IsSuccess)
            throw new InvalidOperationException("The image kept changing.");
    }

    public async Task OnRequeuedAsync(PrepareImageJob job, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(job.ImageId, cancellationToken) is { } image)
            image.Requeue();
    }

    private async Task<JobOutcome> PrepareAsync(Image image, CancellationToken cancellationToken)
    {
        var copied = await originals.CopyAsync(image, cancellationToken);
        if (copied.Error is { } lost)
        {
            var failed = await SettleAsync(image.Id, i => i.Fail(lost), cancellationToken);
            await damaged.ReportAsync(image.Id, lost, cancellationToken);
            return OutcomeOf(failed);
        }

        await using var original = copied.Value;
        if (await FindMalwareAsync(image, original, cancellationToken) is { } malware)
            return await quarantine.QuarantineAsync(image, original, malware, cancellationToken);
        await failpoints.HitAsync("prepare.after-scan", cancellationToken);

        await stages.EnterAsync(image, ImageStage.Rendering, cancellationToken);
        var read = await facts.ReadAsync(original, image.Format, cancellationToken);
        var rendering = await renderings.RenderAsync(original, cancellationToken);
        if (rendering.Error is { } fault)
            return OutcomeOf(await SettleAsync(image.Id, i => i.Fail(fault), cancellationToken));

        await using var rendered = rendering.Value;
        await failpoints.HitAsync("prepare.after-render", cancellationToken);
        var renditions = await renderings.StoreAsync(image.Id, rendered, cancellationToken);
        await failpoints.HitAsync("prepare.after-store", cancellationToken);

        var settled = await SettleAsync(image.Id, Publish, cancellationToken);
        await renderings.ClearUpAsync(image.Id, renditions, werePublished: settled is { IsSuccess: true, Value: true }, cancellationToken);
        return OutcomeOf(settled);

        void Publish(Image i)
        {
            i.Note(read);
            i.Publish(rendered, renditions.Stored, scanner.IsOn);
        }
    }

    private async Task<string?> FindMalwareAsync(Image image, Stream original, CancellationToken cancellationToken)
    {
        if (!scanner.IsOn)
            return null;

        await stages.EnterAsync(image, ImageStage.Scanning, cancellationToken);
        return (await scanner.ScanAsync(original, cancellationToken)).Malware;
    }

    /// <summary>Saves the end of the preparation, on the newest version: the owner may have edited the image meanwhile. False when someone else
    /// brought it to its end, or it is gone.</summary>
    private async Task<Result<bool>> SettleAsync(ImageId id, Action<Image> settle, CancellationToken cancellationToken)
    {
        var settled = await unitOfWork.RetryAsync<bool>(
            async () =>
            {
                if (await images.FindAsync(id, cancellationToken) is not { IsBeingPrepared: true } image)
                    return false;

                settle(image);
                await failpoints.HitAsync("prepare.before-commit", cancellationToken);
                return true;
            },
            cancellationToken
        );
        if (settled is { IsSuccess: true, Value: true })
            await failpoints.HitAsync("prepare.after-commit", cancellationToken);
        return settled;
    }

    private static JobOutcome OutcomeOf(Result<bool> settled) =>
        settled.IsSuccess ? new JobOutcome.Done() : new JobOutcome.Retry("The image kept changing while its end was saved.");
}
