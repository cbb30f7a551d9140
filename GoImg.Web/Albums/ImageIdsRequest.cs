using System.ComponentModel.DataAnnotations;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Web.Albums;

/// <summary>Images by their ids, up to 100.</summary>
public sealed record ImageIdsRequest([property: Required] IReadOnlyList<Guid>? ImageIds)
{
    public const int Max = 100;

    internal Result<IReadOnlyList<ImageId>> ToIds() => Read(ImageIds, mayBeEmpty: false);

    internal static Result<IReadOnlyList<ImageId>> Read(IReadOnlyList<Guid>? ids, bool mayBeEmpty) =>
        (ids?.Count ?? 0) switch
        {
            0 when !mayBeEmpty => new ValidationFailed("image_ids", AlbumTexts.ImageIdsMissing),
            > Max and var count => new ValidationFailed("image_ids", AlbumTexts.TooManyImageIds.With(count, Max)),
            _ => new List<ImageId>((ids ?? []).Select(id => new ImageId(id))),
        };
}
