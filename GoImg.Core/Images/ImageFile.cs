using GoImg.Core.Accounts;
using GoImg.Core.Rendering;

namespace GoImg.Core.Images;

/// <summary>What one asker may have of an image's bytes. Made only for an image the asker may open.</summary>
public sealed record ImageFile
{
    private ImageFile() { }

    public required ImageId Id { get; init; }

    public required byte[] Sha256 { get; init; }

    /// <summary>Of the original.</summary>
    public required long LengthBytes { get; init; }

    /// <summary>The set of renditions that is served, and its files.</summary>
    public required string RenditionSet { get; init; }

    public required IReadOnlyList<StoredRendition> Renditions { get; init; }

    public required ImageFormat Format { get; init; }

    public required string Title { get; init; }

    /// <summary>The client's name for the file, for the owner alone; null for everyone else.</summary>
    public required string? FileName { get; init; }

    public required bool IsRendered { get; init; }

    /// <summary>Shared caches may keep its renditions.</summary>
    public required bool IsPubliclyCacheable { get; init; }

    /// <summary>Pages of other sites may show its renditions.</summary>
    public required bool IsEmbeddable { get; init; }

    public required bool CanReadOriginal { get; init; }

    public required bool CanDownload { get; init; }

    /// <summary>What the audit log notes when staff get these bytes; null when there is nothing to note.</summary>
    internal string? PrivateLook { get; private init; }

    /// <summary>Reading its bytes has to be noted (<see cref="StaffViews"/>).</summary>
    public bool IsNotedWhenRead => PrivateLook is not null;

    public static ImageFile Of(Actor actor, ImageFileFacts image) =>
        new()
        {
            Id = image.Id,
            Sha256 = image.Sha256,
            LengthBytes = image.LengthBytes,
            RenditionSet = image.RenditionSet,
            Renditions = image.Renditions,
            Format = image.Format,
            Title = image.Title,
            FileName = actor.Is(image.OwnerId) ? image.FileName : null,
            IsRendered = image.IsRendered,
            IsPubliclyCacheable = ImageAccess.IsPubliclyCacheable(image),
            IsEmbeddable = ImageAccess.IsOpenToAnyone(image),
            CanReadOriginal = ImageAccess.CanReadOriginal(actor, image),
            CanDownload = ImageAccess.CanDownload(actor, image),
            PrivateLook = StaffViews.WordsOf(actor, image.OwnerId, ImageAccess.IsListed(image), image.Visibility, image.State),
        };
}
