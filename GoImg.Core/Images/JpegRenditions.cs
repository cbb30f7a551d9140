using System.Collections.Concurrent;
using GoImg.Core.Rendering;
using GoImg.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Images;

/// <summary>Renditions as JPEG for clients that take no WebP: made at the first request, then kept beside the WebP.
/// A singleton; however many ask at once, a process makes each only once.</summary>
public sealed class JpegRenditions(IObjectStore store, IImageRenderer renderer, IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<ObjectKey, Lazy<Task<StoredRendition?>>> _making = new();

    /// <summary>Null when there is no WebP to make it from; throws <see cref="ObjectDamagedException"/> when that one is damaged.
    /// The caller disposes the stream.</summary>
    public async Task<Stream?> OpenAsync(ImageFile file, Rendition rendition, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Rendition(file.Id, file.RenditionSet, rendition.Name + ".jpg");
        if (await OpenStoredAsync(file, key, rendition.Name + ".jpg", cancellationToken) is { } there)
            return there;

        // Not the caller's token: others wait for the same work.
        var making = _making.GetOrAdd(key, _ => new Lazy<Task<StoredRendition?>>(() => MakeAsync(file, rendition, key)));
        return await making.Value.WaitAsync(cancellationToken) is { } made ? await store.OpenWholeAsync(key, made.LengthBytes, cancellationToken) : null;
    }

    /// <summary>Null when it is to be made: it never was, or it is damaged.</summary>
    private async Task<Stream?> OpenStoredAsync(ImageFile file, ObjectKey key, string name, CancellationToken cancellationToken)
    {
        try
        {
            return file.Renditions.FirstOrDefault(r => r.File == name) is { } stored ? await store.OpenWholeAsync(key, stored.LengthBytes, cancellationToken) : null;
        }
        catch (ObjectDamagedException)
        {
            return null;
        }
    }

    private async Task<StoredRendition?> MakeAsync(ImageFile file, Rendition rendition, ObjectKey key)
    {
        try
        {
            if (file.Renditions.FirstOrDefault(r => r.File == rendition.Name + ".webp") is not { } source)
                return null;
            await using var webp = await store.OpenWholeAsync(ObjectKey.Rendition(file.Id, file.RenditionSet, source.File), source.LengthBytes, CancellationToken.None);
            if (webp is null)
                return null;

            await using var jpeg = await renderer.TranscodeToJpegAsync(webp, CancellationToken.None);
            await using var staged = await store.StageAsync(jpeg, long.MaxValue, CancellationToken.None);
            await store.PromoteAsync(staged, key, CancellationToken.None);
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
}
