using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Images;

public sealed record MakeFullSizeJob(ImageId ImageId) : IJob
{
    public static string Kind => "image.full_size";
}

/// <summary>Makes an image's <see cref="FullSize"/> and notes it among the renditions that are served; with another render it goes as they go.</summary>
public sealed partial class MakeFullSize(
    IImages images,
    ReadOriginal originals,
    DamagedOriginals damaged,
    IImageInspector inspector,
    IImageRenderer renderer,
    IObjectStore store,
    ILogger<MakeFullSize> logger
) : IJobHandler<MakeFullSizeJob>
{
    public async Task<JobOutcome> HandleAsync(MakeFullSizeJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        if (
            await images.FindAsync(job.ImageId, cancellationToken) is not { IsRendered: true } image
            || image.Renditions.Any(stored => stored.File == FullSize.File)
        )
            return new JobOutcome.Done();

        try
        {
            // What fails is tried again when somebody asks again.
            if ((await MakeAsync(image, cancellationToken)).Error is { } error)
                LogNotMade(logger, image.Id, error.Code);
            return new JobOutcome.Done();
        }
        catch (Exception down) when (TransientFailures.SnoozeOf(down) is { } snooze)
        {
            return snooze;
        }
    }

    private async Task<Result> MakeAsync(Image image, CancellationToken cancellationToken)
    {
        var copied = await originals.CopyAsync(image, cancellationToken);
        if (copied.Error is { } lost)
        {
            await damaged.ReportAsync(image.Id, lost, cancellationToken);
            return lost;
        }

        await using var original = copied.Value;
        var header = await inspector.InspectAsync(original, cancellationToken);
        if (header.Error is { } refused)
            return refused;

        var rendering = await renderer.RenderFullSizeAsync(original, header.Value, cancellationToken);
        if (rendering.Error is { } fault)
            return fault;

        await using var rendered = rendering.Value;
        await using var content = rendered.Files[0].OpenRead();
        await using var staged = await store.StageAsync(content, long.MaxValue, cancellationToken);
        await store.PromoteAsync(
            staged,
            ImageObjectKeys.Rendition(image.Id, image.RenditionSet, FullSize.File),
            ObjectMetadata.Private("image/webp"),
            cancellationToken
        );
        var made = new StoredRendition(FullSize.File, staged.LengthBytes, Convert.ToHexStringLower(staged.Sha256)) { Library = rendered.Library };
        await images.NoteRenditionAsync(image.Id, image.RenditionSet, made, cancellationToken);
        return Result.Success;
    }

    [LoggerMessage(LogLevel.Warning, "Image {Image} got no copy in full size ({Code}).")]
    private static partial void LogNotMade(ILogger logger, ImageId image, string code);
}
