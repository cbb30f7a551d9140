using GoImg.Core.Accounts;

namespace GoImg.Core.Images;

/// <summary>How the asker's own images come along, for the upload tray: cheap enough to ask again at every change.</summary>
public interface IImageProgress
{
    /// <summary>In no order; what is not the asker's, or gone, is left out.</summary>
    Task<IReadOnlyList<ImageProgress>> OfAsync(Actor actor, IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken);

    /// <summary>The asker's images still being made ready, oldest first.</summary>
    Task<IReadOnlyList<ImageProgress>> UnfinishedAsync(Actor actor, int take, CancellationToken cancellationToken);
}

/// <summary>One image on its way. <paramref name="Reason"/> says why it failed or is held; null otherwise.</summary>
public sealed record ImageProgress(ImageId Id, string Slug, string Title, string FileName, long SizeBytes, ImageState State, ImageStage Stage, string? Reason);
