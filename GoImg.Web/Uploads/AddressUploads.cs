using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Web.Api;
using GoImg.Web.Images;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.Features;

namespace GoImg.Web.Uploads;

/// <summary>Uploads that name an address instead of carrying a file: by JSON, and by a form of the upload page.</summary>
internal static class AddressUploads
{
    public const string Path = UploadForms.Path + "/address";

    public static void MapAddressUploads(this IEndpointRouteBuilder routes) => routes.MapPost(Path, TakeFormAsync).RequireAuthorization();

    /// <summary>Throws what the binding of any other body throws.</summary>
    public static async Task<Result<UploadOutcome>> TakeJsonAsync(HttpContext http, Actor actor, UploadFromAddress upload)
    {
        var request = await ReadAsync(http);
        // Where nothing is fetched, JSON that names no address is a form that was sent wrongly.
        if (!upload.IsOn && string.IsNullOrEmpty(request.SourceUrl))
            return new UploadFormErrors.NotAForm();
        var details = ImageDetails.Create(
            request.Title,
            request.Description,
            request.AltText,
            request.Tags ?? [],
            request.Visibility ?? Visibility.Private,
            request.ContentRating ?? ContentRating.Safe
        );
        return details.Error is { } unfit
            ? unfit
            : await upload.RunAsync(actor, request.SourceUrl, details.Value, request.AlbumId, http.RequestAborted);
    }

    private static async Task<AddressUploadRequest> ReadAsync(HttpContext http)
    {
        // Not bound by the framework: the same operation takes forms, which must not be read before their file is admitted.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = ApiV1.MaxJsonBytes;
        try
        {
            return await http.Request.ReadFromJsonAsync<AddressUploadRequest>(http.RequestAborted) ?? throw new JsonException();
        }
        catch (JsonException unfit)
        {
            throw new BadHttpRequestException("The body does not fit.", StatusCodes.Status400BadRequest, unfit);
        }
    }

    private static async Task<IResult> TakeFormAsync(HttpContext http, UploadFromAddress upload, IFormCollection form)
    {
        var details = ImageDetailsFields.Details(name => form[name]);
        var taken = details.Error is { } unfit
            ? unfit
            : await upload.RunAsync(http.GetActor(), form["source_url"], details.Value, album: null, http.RequestAborted);
        return taken.Error is { } refused
            ? PostRedirect.Back(http, UploadForms.Path, new Flash(ErrorText.Of(refused)))
            : PostRedirect.Back(http, "/library", new Flash(taken.Value.IsDuplicate ? UploadTexts.KnownAlready.With(1) : UploadTexts.Kept.With(1)));
    }
}

public sealed record AddressUploadRequest(
    [property: Required] string? SourceUrl,
    string? Title,
    string? Description,
    string? AltText,
    IReadOnlyList<string>? Tags,
    Visibility? Visibility,
    ContentRating? ContentRating,
    Guid? AlbumId
);
