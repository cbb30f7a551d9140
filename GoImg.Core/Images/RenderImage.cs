using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>From an original to stored renditions under a new set name. Nothing of it is seen before an image is saved with that set.</summary>
public sealed class RenderImage(
    IObjectStore store,
    IImageInspector inspector,
    IImageRenderer renderer,
    RenditionFingerprint fingerprint,
    IFailpoints failpoints
)
{
    public string Recipe => fingerprint.Value;

    /// <summary>Fails with an error of <see cref="ImageFileErrors"/>. The caller disposes the result.</summary>
    public async Task<Result<RenderedImage>> RenderAsync(Stream original, CancellationToken cancellationToken)
    {
        // Inspected again: the header is not kept, and a file that met looser limits at its upload must meet today's.
        original.Position = 0;
        var header = await inspector.InspectAsync(original, cancellationToken);
        if (header.Error is { } refused)
            return refused;

        original.Position = 0;
        return await renderer.RenderAsync(original, header.Value, cancellationToken);
    }

    public async Task<NewRenditions> StoreAsync(ImageId image, RenderedImage rendered, CancellationToken cancellationToken)
    {
        var before = await store
            .ListAsync(ImageObjectKeys.RenditionsOf(image), cancellationToken)
            .Select(found => found.Key)
            .ToListAsync(cancellationToken);
        var set = StoredRenditions.NewSet();
        var files = new List<StoredRendition>();
        foreach (var file in rendered.Files)
        {
            var name = file.Rendition.File;
            await using var content = file.OpenRead();
            files.Add(
                await StoreAsync(ImageObjectKeys.Rendition(image, set, name), name, content, cancellationToken) with
                {
                    Library = rendered.Library,
                }
            );
            await failpoints.HitAsync("render.after-" + file.Rendition.Name, cancellationToken);
        }

        return new NewRenditions(new StoredRenditions(set, fingerprint.Value, files), before);
    }

    /// <summary>Removes what lost: the renditions from before when the new ones were published, else the new ones. Never call it when
    /// a commit's answer is not known. Only what was there before the render is taken for old: somebody may have published since.</summary>
    public async Task ClearUpAsync(ImageId image, NewRenditions renditions, bool werePublished, CancellationToken cancellationToken)
    {
        var lost = werePublished
            ? renditions.Before
            : renditions.Stored.Files.Select(f => ImageObjectKeys.Rendition(image, renditions.Stored.Set, f.File));
        foreach (var key in lost)
            await store.DeleteAsync(key, cancellationToken);
    }

    private async Task<StoredRendition> StoreAsync(ObjectKey key, string name, Stream content, CancellationToken cancellationToken)
    {
        await using var staged = await store.StageAsync(content, long.MaxValue, cancellationToken);
        await store.PromoteAsync(staged, key, ObjectMetadata.Rendition("image/webp"), cancellationToken);
        return new StoredRendition(name, staged.LengthBytes, Convert.ToHexStringLower(staged.Sha256));
    }
}

/// <param name="Before">Renditions that were there when the new ones were stored: those that are served, and leftovers of failed attempts.</param>
public sealed record NewRenditions(StoredRenditions Stored, IReadOnlyCollection<ObjectKey> Before);
