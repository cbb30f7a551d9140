using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Web.Api;
using GoImg.Web.Images;

namespace GoImg.Web.Albums;

/// <summary>A new album.</summary>
/// <param name="Title">1 to 255 characters.</param>
/// <param name="Description">Up to 2,000 characters.</param>
/// <param name="Visibility">Private when left out.</param>
/// <param name="Order">Manual when left out.</param>
/// <param name="ImageIds">Up to 100 of one's own images to begin with, in this order.</param>
public sealed record NewAlbumRequest(
    [property: Required] string? Title,
    string? Description,
    Visibility? Visibility,
    AlbumOrder? Order,
    IReadOnlyList<Guid>? ImageIds
)
{
    internal Result<AlbumDetails> ToDetails() =>
        AlbumDetails.Create(Title, Description, Visibility ?? Core.Images.Visibility.Private, Order ?? AlbumOrder.Manual);
}

/// <summary>All that its owner writes about an album; what is left out is emptied, private and manual.</summary>
/// <param name="CoverImageId">One of its images; null for the first.</param>
/// <param name="Version">The one the edit began with: a newer one is a 409.</param>
public sealed record AlbumRequest(
    [property: Required] string? Title,
    string? Description,
    Visibility? Visibility,
    AlbumOrder? Order,
    Guid? CoverImageId,
    int? Version
)
{
    internal Result<AlbumDetails> ToDetails() =>
        AlbumDetails.Create(Title, Description, Visibility ?? Core.Images.Visibility.Private, Order ?? AlbumOrder.Manual);
}

/// <summary>An album; its images are a list of their own.</summary>
/// <param name="ImageCount">How many the asker finds in it; 1,001 is "more than a thousand".</param>
/// <param name="CoverImageId">Null: the first image stands for it.</param>
/// <param name="Reason">Why a moderator hid it, for its owner and staff.</param>
public sealed record AlbumResponse(
    Guid Id,
    string Slug,
    string Page,
    string Title,
    string Description,
    Visibility Visibility,
    AlbumOrder Order,
    AlbumState Status,
    ImageOwnerResponse Owner,
    Guid? CoverImageId,
    int ImageCount,
    DateTimeOffset CreatedAt,
    int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason
)
{
    internal static AlbumResponse From(AlbumView album, ApiLinks links) =>
        new(
            album.Id.Value,
            album.Slug,
            links.Album(album.Slug),
            album.Title,
            album.Description,
            album.Visibility,
            album.Order,
            album.State,
            new(album.OwnerId.Value, album.OwnerUsername, album.OwnerName),
            album.CoverId?.Value,
            album.Images,
            album.CreatedAt,
            album.Version,
            album.ModerationReason
        );
}

/// <summary>An album in a list.</summary>
/// <param name="Cover">Null while there is nothing in it for the asker.</param>
public sealed record AlbumItemResponse(
    Guid Id,
    string Slug,
    string Page,
    string Title,
    Visibility Visibility,
    AlbumState Status,
    int ImageCount,
    ImageItemResponse? Cover,
    DateTimeOffset CreatedAt
)
{
    internal static AlbumItemResponse From(AlbumCard album, ApiLinks links) =>
        new(
            album.Id.Value,
            album.Slug,
            links.Album(album.Slug),
            album.Title,
            album.Visibility,
            album.State,
            album.Images,
            album.Cover is { } cover ? ImageItemResponse.From(cover, links) : null,
            album.CreatedAt
        );
}
