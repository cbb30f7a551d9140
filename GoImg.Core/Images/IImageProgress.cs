using GoImg.Core.Accounts;

namespace GoImg.Core.Images;

/// <summary>How the asker's own images come along, for the upload tray: cheap enough to ask again at every change.</summary>
public interface IImageProgress
{
    /// <summary>In no order; what is not the asker's, or gone, is left out.</summary>
    Task<IReadOnlyList<ImageProgress>> OfAsync(Actor actor, IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken);

    /// <summary>The asker's images still being processed, oldest first.</summary>
    Task<IReadOnlyList<ImageProgress>> UnfinishedAsync(Actor actor, int take, CancellationToken cancellationToken);

    /// <summary>The asker's own images that have these bytes, by SHA-256, but for those in the trash, which sending them brings back; in no order.</summary>
    Task<IReadOnlyList<KnownFile>> KnownAsync(Actor actor, IReadOnlyCollection<byte[]> sha256, CancellationToken cancellationToken);
}

/// <summary>One image on its way. <paramref name="Reason"/> says why it failed or is held; null otherwise.</summary>
public sealed record ImageProgress(
    ImageId Id,
    string Slug,
    string Title,
    string FileName,
    long SizeBytes,
    ImageState State,
    ImageStage Stage,
    string? Reason,
    string RenditionSet
);

/// <summary>An image whose bytes the asker has. In the state <see cref="ImageState.Deleted"/> it lies in the trash.</summary>
public sealed record KnownFile(ImageId Id, byte[] Sha256, ImageState State);
