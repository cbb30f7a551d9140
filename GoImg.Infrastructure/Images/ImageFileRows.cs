using System.Linq.Expressions;
using GoImg.Core.Images;

namespace GoImg.Infrastructure.Images;

/// <summary>The one projection of what serving bytes needs.</summary>
internal static class ImageFileRows
{
    public static readonly Expression<Func<Image, ImageFileFacts>> Facts = i => new ImageFileFacts
    {
        Id = i.Id,
        OwnerId = i.OwnerId,
        OwnerStatus = i.Owner.Status,
        State = i.State,
        StateBeforeDeletion = i.StateBeforeDeletion,
        Visibility = i.Visibility,
        AllowsDownload = i.AllowsDownload,
        Sha256 = i.Sha256,
        LengthBytes = i.SizeBytes,
        RenditionSet = i.RenditionSet,
        Renditions = i.Renditions,
        Format = i.Format,
        Title = i.Title,
        FileName = i.FileName,
    };
}
