using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.RateLimits;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Web.Images;

/// <summary>From a form to an upload, and into the album that the form names.</summary>
internal sealed class UploadReceiver(UploadImage upload, AlbumService albums, IAlbumQueries albumQueries, ImageLimits limits, RateLimiter rateLimiter)
{
    /// <summary>A form with one file, whose fields may come before or behind it.</summary>
    public async Task<Result<UploadOutcome>> TakeOneAsync(HttpContext http, Actor actor)
    {
        if (!actor.IsSignedIn)
            return new SignInRequired();
        if (UploadForm.Open(http, limits) is not { } form)
            return new UploadFormErrors.NotAForm();

        try
        {
            return await form.NextFileAsync(http.RequestAborted) is { } file
                ? await TakeAsync(actor, form, file, form.ReadDetailsAsync, http.RequestAborted)
                : new UploadFormErrors.NoFile();
        }
        catch (Exception fault) when (UploadFormErrors.Explain(fault, limits) is { } error)
        {
            return error;
        }
    }

    /// <summary>One file of <paramref name="form"/>. Reading a broken form throws what <see cref="UploadFormErrors"/> explains.</summary>
    public async Task<Result<UploadOutcome>> TakeAsync(
        Actor actor,
        UploadForm form,
        IncomingFile file,
        Func<CancellationToken, Task<Result<ImageDetails>>> readDetails,
        CancellationToken cancellationToken
    )
    {
        if ((await rateLimiter.TakeAsync(actor, RateLimitedAction.Upload, cancellationToken)).Error is { } tooMany)
            return tooMany;

        AlbumId? album = null;
        var uploaded = await upload.UploadAsync(actor, new UploadRequest(file.Content, file.Name, ReadAllAsync), cancellationToken);
        // The album was the member's a moment ago; should it be gone by now, the image is in the library all the same.
        if (uploaded.IsSuccess && album is { } into)
            await albums.AddImagesAsync(actor, into, [uploaded.Value.ImageId], CancellationToken.None);
        return uploaded;

        async Task<Result<ImageDetails>> ReadAllAsync(CancellationToken token)
        {
            var details = await readDetails(token);
            if (!details.IsSuccess || form.Field("album_id") is not { Length: > 0 } text)
                return details;

            album = Guid.TryParse(text, out var id) ? new AlbumId(id) : null;
            var isOwn = album is { } named && await albumQueries.FindAsync(actor, named, token) is { } found && actor.Is(found.OwnerId);
            return isOwn ? details : new ValidationFailed("album_id", "You have no such album. Choose another, or none.");
        }
    }
}
