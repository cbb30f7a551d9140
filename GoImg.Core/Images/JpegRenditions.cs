using System.Collections.Concurrent;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Images;

/// <summary>Renditions as JPEG for clients that take no WebP: made at the first request, then kept beside the WebP.
/// A singleton; however many ask at once, a process makes each only once.</summary>
public sealed class JpegRenditions(
    IObjectStore store,
    IHotObjects hot,
    LocalCopies copies,
    IImageRenderer renderer,
    RenditionJobs requests,
    IServiceScopeFactory scopes
)
{
    private readonly ConcurrentDictionary<ObjectKey, Lazy<Task<Result<StoredRendition>>>> _making = new();

    /// <summary><see cref="NotFound"/> when there is no WebP to make it from, <see cref="ImageErrors.NoJpeg"/> when making it failed: nothing of that
    /// is kept, and the next who asks has it tried again. <see cref="ImageErrors.JpegIsBeingMade"/> when another node has to make it. Throws <see cref="ObjectDamagedException"/> when the WebP is damaged.
    /// The caller disposes the stream.</summary>
    public async Task<Result<Stream>> OpenAsync(ImageFile file, Rendition rendition, CancellationToken cancellationToken)
    {
        var key = ImageObjectKeys.Rendition(file.Id, file.RenditionSet, rendition.Name + ".jpg");
        if (await OpenStoredAsync(file, key, rendition.Name + ".jpg", cancellationToken) is { } there)
            return there;

        if (!renderer.IsHere)
        {
            if (SourceOf(file, rendition) is null)
                return new NotFound("rendition");
            await requests.PassOnAsync(file, rendition.Name + ".jpg", new MakeJpegJob(file.Id, rendition.Name), cancellationToken);
            return new ImageErrors.JpegIsBeingMade();
        }

        // Not the caller's token: others wait for the same work.
        var making = _making.GetOrAdd(key, _ => new Lazy<Task<Result<StoredRendition>>>(() => MakeAsync(file, rendition, key)));
        var made = await making.Value.WaitAsync(cancellationToken);
        if (made.Error is { } error)
            return error;
        return await store.OpenWholeAsync(key, made.Value.LengthBytes, cancellationToken) is { } jpeg ? jpeg : new NotFound("rendition");
    }

    private static StoredRendition? SourceOf(ImageFile file, Rendition rendition) => file.Renditions.FirstOrDefault(r => r.File == rendition.File);

    /// <summary>Null when it is to be made: it never was, or it is damaged.</summary>
    private async Task<Stream?> OpenStoredAsync(ImageFile file, ObjectKey key, string name, CancellationToken cancellationToken)
    {
        try
        {
            return file.Renditions.FirstOrDefault(r => r.File == name) is { } stored
                ? await hot.OpenWholeAsync(key, stored.LengthBytes, cancellationToken)
                : null;
        }
        catch (ObjectDamagedException)
        {
            return null;
        }
    }

    private async Task<Result<StoredRendition>> MakeAsync(ImageFile file, Rendition rendition, ObjectKey key)
    {
        try
        {
            if (SourceOf(file, rendition) is not { } source)
                return new NotFound("rendition");
            // Lengths are looked at whenever something is served; what is copied once and then kept is looked at whole, or the damage would be kept too.
            await using var webp = await copies.CopyAsync(
                ImageObjectKeys.Rendition(file.Id, file.RenditionSet, source.File),
                source.LengthBytes,
                Convert.FromHexString(source.Sha256),
                CancellationToken.None
            );
            if (webp is null)
                return new NotFound("rendition");

            var transcoded = await renderer.TranscodeToJpegAsync(webp, CancellationToken.None);
            if (transcoded.Error is { } failed)
                return new ImageErrors.NoJpeg(WhyOf(failed));

            await using var jpeg = transcoded.Value;
            await using var staged = await store.StageAsync(jpeg, long.MaxValue, CancellationToken.None);
            await store.PromoteAsync(staged, key, ObjectMetadata.Rendition("image/jpeg"), CancellationToken.None);
            var made = new StoredRendition(rendition.Name + ".jpg", staged.LengthBytes, Convert.ToHexStringLower(staged.Sha256));
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IImages>().NoteRenditionAsync(file.Id, file.RenditionSet, made, CancellationToken.None);
            return made;
        }
        finally
        {
            _making.TryRemove(key, out _);
        }
    }

    private static string WhyOf(Error failed) =>
        failed switch
        {
            ImageFileErrors.TookTooMuch { What: RenderResource.Memory } => ImageErrorTexts.JpegTookTooMuchMemory,
            ImageFileErrors.TookTooMuch { What: RenderResource.ProcessorTime } => ImageErrorTexts.JpegTookTooMuchProcessorTime,
            ImageFileErrors.TookTooMuch => ImageErrorTexts.JpegTookTooMuchTime,
            ImageFileErrors.RendererCrashed => ImageErrorTexts.JpegRendererStopped,
            _ => ImageErrorTexts.JpegUnusable,
        };
}
