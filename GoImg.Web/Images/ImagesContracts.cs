using System.Text.Json.Serialization;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Web.Api;

namespace GoImg.Web.Images;

/// <summary>An image with everything the asker may know. What is its owner's and staff's alone is left out for others.</summary>
public sealed record ImageResponse(
    Guid Id,
    string Slug,
    string Page,
    ImageState Status,
    string Title,
    string Description,
    string AltText,
    IReadOnlyList<string> Tags,
    Visibility Visibility,
    ContentRating ContentRating,
    ImageFormat Format,
    long SizeBytes,
    int Width,
    int Height,
    int Frames,
    string DominantColor,
    ImageOwnerResponse Owner,
    int LikeCount,
    int CommentCount,
    int ViewCount,
    bool AllowsDownload,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DeletedAt,
    int Version,
    VariantAddresses Variants,
    ImageMetadataResponse Metadata,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CameraResponse? Camera,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CameraShown? CameraShown,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sha256,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FileName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FailureCode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason
)
{
    internal static ImageResponse From(Actor actor, ImageView view, ApiLinks links)
    {
        var tile = view.Tile;
        return new(
            tile.Id.Value,
            tile.Slug,
            links.Page(tile.Slug),
            tile.State,
            tile.Title,
            view.Description,
            tile.AltText,
            view.Tags,
            tile.Visibility,
            tile.Rating,
            view.Format,
            view.SizeBytes,
            tile.WidthPx,
            tile.HeightPx,
            view.Frames,
            tile.DominantColor,
            new(view.OwnerId.Value, tile.OwnerUsername, tile.OwnerName),
            tile.Likes,
            view.Comments,
            view.Views,
            view.AllowsDownload,
            tile.CreatedAt,
            tile.DeletedAt,
            view.Version,
            links.Variants(tile),
            ImageMetadataResponse.From(view),
            CameraResponse.From(view.Camera),
            actor.Is(view.OwnerId) ? CameraShown.From(view.CameraShown) : null,
            actor.Is(view.OwnerId) ? Convert.ToHexStringLower(view.Sha256) : null,
            view.FileName,
            view.FailureCode,
            tile.Reason
        );
    }
}

/// <summary>What the file itself says, in one place: format, size and camera as the image has them too.</summary>
/// <param name="Camera">For others than the owner, what the owner shows; left out when that is nothing.</param>
public sealed record ImageMetadataResponse(
    ImageFormat Format,
    string MediaType,
    long SizeBytes,
    int Width,
    int Height,
    int Frames,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CameraResponse? Camera
)
{
    internal static ImageMetadataResponse From(ImageView view) =>
        new(
            view.Format,
            view.Format.MediaType(),
            view.SizeBytes,
            view.Tile.WidthPx,
            view.Tile.HeightPx,
            view.Frames,
            CameraResponse.From(view.Camera)
        );
}

public sealed record ImageOwnerResponse(Guid Id, string Username, string DisplayName);

/// <summary>Direct links, which need no token for what is public.</summary>
public sealed record VariantAddresses(string Thumbnail, string Small, string Medium, string Large, string Xlarge);

/// <summary>An image in a list.</summary>
public sealed record ImageItemResponse(
    Guid Id,
    string Slug,
    string Page,
    ImageState Status,
    string Title,
    string AltText,
    Visibility Visibility,
    ContentRating ContentRating,
    int Width,
    int Height,
    string DominantColor,
    string OwnerUsername,
    int LikeCount,
    DateTimeOffset CreatedAt,
    VariantAddresses Variants,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason
)
{
    internal static ImageItemResponse From(ImageTile tile, ApiLinks links) =>
        new(
            tile.Id.Value,
            tile.Slug,
            links.Page(tile.Slug),
            tile.State,
            tile.Title,
            tile.AltText,
            tile.Visibility,
            tile.Rating,
            tile.WidthPx,
            tile.HeightPx,
            tile.DominantColor,
            tile.OwnerUsername,
            tile.Likes,
            tile.CreatedAt,
            links.Variants(tile),
            tile.Reason
        );
}

/// <summary>How an image stands. <paramref name="Stage"/> is null once it is no longer being processed.</summary>
public sealed record ImageStatusResponse(Guid Id, ImageState Status, ImageStage? Stage, string? FailureCode, string? Reason)
{
    internal static ImageStatusResponse From(ImageView view) =>
        new(
            view.Tile.Id.Value,
            view.Tile.State,
            view.Tile.State == ImageState.Processing ? view.Tile.Stage : null,
            view.FailureCode,
            view.Tile.Reason
        );
}

/// <summary>PATCH leaves what is null; PUT empties it. <paramref name="Version"/> is the one the edit began with: a newer one is a 409.</summary>
public sealed record ImageRequest(
    string? Title,
    string? Description,
    string? AltText,
    IReadOnlyList<string>? Tags,
    Visibility? Visibility,
    ContentRating? ContentRating,
    bool? AllowsDownload,
    CameraShown? CameraShown,
    int? Version
)
{
    internal Result<ImageEdit> Over(ImageView image) =>
        Edit(
            Title ?? image.Tile.Title,
            Description ?? image.Description,
            AltText ?? image.Tile.AltText,
            Tags ?? image.Tags,
            Visibility ?? image.Tile.Visibility,
            ContentRating ?? image.Tile.Rating,
            Version ?? image.Version
        );

    internal Result<ImageEdit> Whole() =>
        Edit(
            Title,
            Description,
            AltText,
            Tags ?? [],
            Visibility ?? Core.Images.Visibility.Private,
            ContentRating ?? Core.Images.ContentRating.Safe,
            Version
        );

    private Result<ImageEdit> Edit(
        string? title,
        string? description,
        string? altText,
        IReadOnlyList<string> tags,
        Visibility visibility,
        ContentRating rating,
        int? version
    )
    {
        var details = ImageDetails.Create(title, description, altText, tags, visibility, rating);
        return details.Error is { } unfit ? unfit : new ImageEdit(details.Value, version, AllowsDownload, CameraShown?.Parts);
    }
}
