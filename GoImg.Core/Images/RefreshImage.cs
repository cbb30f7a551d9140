using GoImg.Core.Jobs;
using GoImg.Core.Scanning;
using GoImg.Core.Shared;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Images;

public sealed record RefreshImageJob(ImageId ImageId) : IJob
{
    public static string Kind => "image.refresh";
}

/// <summary>Brings a published image up to today's settings: scans what was never scanned, reads what was not known of an original, and renders
/// again what was made by another recipe or got damaged. All of it with one read of the original. What is served stays until the new is saved.</summary>
public sealed partial class RefreshImage(
    IImages images,
    ReadOriginal originals,
    QuarantineImage quarantine,
    RenderImage renderings,
    DamagedOriginals damaged,
    IOriginalFactsReader facts,
    IMalwareScanner scanner,
    IUnitOfWork unitOfWork,
    IFailpoints failpoints,
    ILogger<RefreshImage> logger
) : IJobHandler<RefreshImageJob>
{
    public async Task<JobOutcome> HandleAsync(RefreshImageJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        var image = await images.FindAsync(job.ImageId, cancellationToken);
        try
        {
            if (image is { IsQuarantined: true })
                await quarantine.RemoveServedBytesAsync(image.Id, cancellationToken);
            return image is { IsRendered: true } && (IsToScan(image) || IsToRead(image) || IsToRender(image))
                ? await RefreshAsync(image, cancellationToken)
                : new JobOutcome.Done();
        }
        catch (Exception down) when (TransientFailures.SnoozeOf(down) is { } snooze)
        {
            return snooze;
        }
    }

    public async Task OnDeadLetteredAsync(RefreshImageJob job, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(job.ImageId, cancellationToken) is { IsRendered: true } image)
            await SaveAsync(image, i => i.KeepRenditions(renderings.Recipe), cancellationToken);
    }

    private bool IsToScan(Image image) => scanner.IsOn && !image.IsScanned;

    private static bool IsToRead(Image image) => image.FactsVersion < OriginalFacts.Version;

    private bool IsToRender(Image image) => image.Recipe != renderings.Recipe;

    private async Task<JobOutcome> RefreshAsync(Image image, CancellationToken cancellationToken)
    {
        var copied = await originals.CopyAsync(image, cancellationToken);
        if (copied.Error is { } lost)
        {
            // Better the renditions there are than new ones of a damaged original.
            await damaged.ReportAsync(image.Id, lost, cancellationToken);
            return new JobOutcome.Done();
        }

        await using var original = copied.Value;
        if (IsToScan(image))
        {
            if ((await scanner.ScanAsync(original, cancellationToken)).Malware is { } malware)
                return await quarantine.QuarantineAsync(image, original, malware, cancellationToken);
        }

        var done = new Refreshed(
            WasScanned: IsToScan(image),
            IsToRead(image) ? await facts.ReadAsync(original, image.Format, cancellationToken) : null
        );
        return IsToRender(image)
            ? await RenderAsync(image, original, done, cancellationToken)
            : OutcomeOf(await SaveAsync(image, done.Note, cancellationToken));
    }

    private async Task<JobOutcome> RenderAsync(Image image, Stream original, Refreshed done, CancellationToken cancellationToken)
    {
        var rendering = await renderings.RenderAsync(original, cancellationToken);
        if (rendering.Error is { } fault)
        {
            LogKept(logger, image.Id, fault.Code);
            return OutcomeOf(await SaveAsync(image, i => Keep(i, done), cancellationToken));
        }

        await using var rendered = rendering.Value;
        var renditions = await renderings.StoreAsync(image.Id, rendered, cancellationToken);
        await failpoints.HitAsync("refresh.before-commit", cancellationToken);
        var saved = await SaveAsync(image, Renew, cancellationToken);
        await failpoints.HitAsync("refresh.after-commit", cancellationToken);
        await renderings.ClearUpAsync(image.Id, renditions, werePublished: saved is { IsSuccess: true, Value: true }, cancellationToken);
        return OutcomeOf(saved);

        void Renew(Image i)
        {
            i.Renew(rendered, renditions.Stored);
            done.Note(i);
        }
    }

    private void Keep(Image image, Refreshed done)
    {
        image.KeepRenditions(renderings.Recipe);
        done.Note(image);
    }

    /// <summary>Changes and saves the newest version. False when there is nothing to save any more.</summary>
    private Task<Result<bool>> SaveAsync(Image loaded, Action<Image> change, CancellationToken cancellationToken)
    {
        var (id, set) = (loaded.Id, loaded.RenditionSet);
        return unitOfWork.RetryAsync<bool>(
            async () =>
            {
                if (await images.FindAsync(id, cancellationToken) is not { IsRendered: true } image || image.RenditionSet != set)
                    return false;

                change(image);
                return true;
            },
            cancellationToken
        );
    }

    private static JobOutcome OutcomeOf(Result<bool> saved) =>
        saved.IsSuccess ? new JobOutcome.Done() : new JobOutcome.Retry("The image kept changing while it was refreshed.");

    [LoggerMessage(LogLevel.Warning, "Image {Image} can't be rendered again ({Code}); it keeps the renditions it has.")]
    private static partial void LogKept(ILogger logger, ImageId image, string code);

    /// <summary>What was done beside rendering.</summary>
    private sealed record Refreshed(bool WasScanned, OriginalFacts? Facts)
    {
        public void Note(Image image)
        {
            if (WasScanned)
                image.PassScan();
            if (Facts is not null)
                image.Note(Facts);
        }
    }
}
