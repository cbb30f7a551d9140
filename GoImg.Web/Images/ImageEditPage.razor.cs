using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Tags;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace GoImg.Web.Images;

public sealed partial class ImageEditPage
{
    private ImageView? _image;
    private Error? _error;

    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "image", Name = "title")]
    private string? Title { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "description")]
    private string? Description { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "alt_text")]
    private string? AltText { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "tags")]
    private string? Tags { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "visibility")]
    private Visibility? Visibility { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "sensitive")]
    private bool IsSensitive { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "download")]
    private bool AllowsDownload { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "show_camera")]
    private bool ShowsCamera { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "show_exposure")]
    private bool ShowsExposure { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "show_taken_at")]
    private bool ShowsTakenAt { get; set; }

    [SupplyParameterFromForm(FormName = "image", Name = "show_place")]
    private bool ShowsPlace { get; set; }

    /// <summary>The version this form began with: a newer one is a conflict, not overwritten.</summary>
    [SupplyParameterFromForm(FormName = "image", Name = "version")]
    private int? Version { get; set; }

    private string Path => Urls.Page(_image!.Tile.Slug);

    private (int WidthPx, int HeightPx) Medium => Urls.Renditions(_image!.Tile).Sizes.Medium.SizeOf(_image!.Tile.WidthPx, _image.Tile.HeightPx);

    protected override async Task OnInitializedAsync()
    {
        var found = await ScopedCall.RunAsync<IImageQueries, ImageView?>((images, actor) => images.FindAsync(actor, Slug, Http.RequestAborted));
        if (found is null || !Http.GetActor().Is(found.OwnerId) || found.Tile.State == ImageState.Deleted)
        {
            Navigation.NotFound();
            return;
        }

        _image = found;
        // What was typed stays. A check box that is off is not sent, so the version tells whether the form was.
        if (Version is not null)
            return;

        Title = found.Tile.Title;
        Description = found.Description;
        AltText = found.Tile.AltText;
        Tags = string.Join(", ", found.Tags);
        Visibility = found.Tile.Visibility;
        IsSensitive = found.Tile.Rating == ContentRating.Nsfw;
        AllowsDownload = found.AllowsDownload;
        (ShowsCamera, ShowsExposure, ShowsTakenAt, ShowsPlace) = CameraShown.From(found.CameraShown);
    }

    private async Task SaveAsync()
    {
        if (_image is null)
            return;

        var saved = await EditAsync(_image);
        if (saved.Error is { } error)
        {
            _error = error;
            Http.AnswerWith(error);
            return;
        }

        new Flash(ImageTexts.Saved).Leave(Http);
        Navigation.NavigateTo(Path);
    }

    private async Task<Result> EditAsync(ImageView image)
    {
        var tags = Tag.ParseList(Tags);
        var details = ImageDetails.Create(
            Title,
            Description,
            AltText,
            tags.Error is null ? tags.Value : [],
            Visibility ?? image.Tile.Visibility,
            IsSensitive ? ContentRating.Nsfw : ContentRating.Safe
        );
        var wrong = new[] { details.Error, tags.Error }.OfType<ValidationFailed>().SelectMany(e => e.Fields).ToList();
        if (wrong.Count > 0)
            return new ValidationFailed(wrong);

        // what has no boxes for it in the form stays
        CameraParts? shown = image.Camera.IsEmpty ? null : new CameraShown(ShowsCamera, ShowsExposure, ShowsTakenAt, ShowsPlace).Parts;
        var edit = new ImageEdit(details.Value, Version, AllowsDownload, shown);
        return await ScopedCall.RunAsync<ImageService, Result>((images, actor) => images.EditAsync(actor, image.Tile.Id, edit, Http.RequestAborted));
    }
}
