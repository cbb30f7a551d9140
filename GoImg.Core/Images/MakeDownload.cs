using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Images;

public sealed record MakeDownloadJob(ImageId ImageId) : IJob
{
    public static string Kind => "image.download";
}

/// <summary>Makes an image's <see cref="DownloadCopy"/>: the original without anything beside its picture, or its pixels encoded anew where that can't be
/// had. Goes with the renditions it is kept with.</summary>
public sealed partial class MakeDownload(
    IImages images,
    ReadOriginal originals,
    DamagedOriginals damaged,
    IImageInspector inspector,
    ICleanCopies copies,
    IScratchFiles scratch,
    IImageRenderer renderer,
    IObjectStore store,
    ILogger<MakeDownload> logger
) : IJobHandler<MakeDownloadJob>
{
    public async Task<JobOutcome> HandleAsync(MakeDownloadJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(job.ImageId, cancellationToken) is not { IsRendered: true } image || image.Renditions.Any(DownloadCopy.IsOne))
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

        await using var clean = scratch.CreateFile();
        if (await copies.TryWriteAsync(original, header.Value, clean, cancellationToken) && await IsSameAsync(clean, header.Value, cancellationToken))
        {
            clean.Position = 0;
            await KeepAsync(image, clean, header.Value.Format, library: "", cancellationToken);
            return Result.Success;
        }

        original.Position = 0;
        var rendering = await renderer.RenderFullSizeAsync(original, header.Value, cancellationToken);
        if (rendering.Error is { } fault)
            return fault;

        await using var rendered = rendering.Value;
        await using var content = rendered.Files[0].OpenRead();
        await KeepAsync(image, content, ImageFormat.WebP, rendered.Library, cancellationToken);
        return Result.Success;
    }

    /// <summary>Whether the copy is a picture that is read as the original is. A mistake in the writers must not reach anybody.</summary>
    private async Task<bool> IsSameAsync(Stream clean, ImageHeader original, CancellationToken cancellationToken)
    {
        clean.Position = 0;
        var header = await inspector.InspectAsync(clean, cancellationToken);
        return header.IsSuccess && header.Value == original with { EndsAt = null };
    }

    private async Task KeepAsync(Image image, Stream content, ImageFormat format, string library, CancellationToken cancellationToken)
    {
        await using var staged = await store.StageAsync(content, long.MaxValue, cancellationToken);
        var name = DownloadCopy.FileOf(format);
        var key = ImageObjectKeys.Rendition(image.Id, image.RenditionSet, name);
        await store.PromoteAsync(staged, key, ObjectMetadata.Private(format.MediaType()), cancellationToken);
        var made = new StoredRendition(name, staged.LengthBytes, Convert.ToHexStringLower(staged.Sha256)) { Library = library };
        await images.NoteRenditionAsync(image.Id, image.RenditionSet, made, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Image {Image} got no copy to download ({Code}).")]
    private static partial void LogNotMade(ILogger logger, ImageId image, string code);
}
