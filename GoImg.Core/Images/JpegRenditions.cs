using System.Collections.Concurrent;
using GoImg.Core.Rendering;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>Renditions as JPEG for clients that take no WebP: made at the first request, then kept beside the WebP.
/// A singleton; however many ask at once, a process makes each only once.</summary>
public sealed class JpegRenditions(IObjectStore store, IImageRenderer renderer)
{
    private readonly ConcurrentDictionary<ObjectKey, Lazy<Task<bool>>> _making = new();

    /// <summary>Null when there is no WebP to make it from. The caller disposes the stream.</summary>
    public async Task<Stream?> OpenAsync(ImageId image, Rendition rendition, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Rendition(image, rendition.Name, "jpg");
        if (await store.OpenAsync(key, cancellationToken) is { } there)
            return there;

        // Not the caller's token: others wait for the same work.
        var making = _making.GetOrAdd(key, _ => new Lazy<Task<bool>>(() => MakeAsync(image, rendition, key)));
        return await making.Value.WaitAsync(cancellationToken) ? await store.OpenAsync(key, cancellationToken) : null;
    }

    private async Task<bool> MakeAsync(ImageId image, Rendition rendition, ObjectKey key)
    {
        try
        {
            await using var webp = await store.OpenAsync(ObjectKey.Rendition(image, rendition.Name, "webp"), CancellationToken.None);
            if (webp is null)
                return false;

            await using var jpeg = await renderer.TranscodeToJpegAsync(webp, CancellationToken.None);
            await store.PutAsync(key, jpeg, CancellationToken.None);
            return true;
        }
        finally
        {
            _making.TryRemove(key, out _);
        }
    }
}
