using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Web.Uploads;

/// <summary>From a form to an upload: reads what is sent and stages its file. What may come in is not decided here.</summary>
internal sealed class UploadReceiver(AdmitUpload admission, UploadImage upload, ImageLimits limits)
{
    /// <summary>A form with one file, whose fields may come before or behind it.</summary>
    public async Task<Result<UploadOutcome>> TakeOneAsync(HttpContext http, Actor actor)
    {
        if (UploadFormReader.Open(http, limits) is not { } form)
            return new UploadFormErrors.NotAForm();

        try
        {
            return await form.NextFileAsync(http.RequestAborted) is { } file
                ? await TakeAsync(actor, UploadSource.Api, form, file, form.ReadDetailsAsync, http.RequestAborted)
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
        UploadSource source,
        UploadFormReader form,
        IncomingFile file,
        Func<CancellationToken, Task<Result<ImageDetails>>> readDetails,
        CancellationToken cancellationToken
    )
    {
        var namedBefore = form.Album();
        if (namedBefore.Error is { } noAlbum)
            return noAlbum;
        var admitted = await admission.CheckBeforeBodyAsync(actor, form.LeastFileBytes, namedBefore.Value, cancellationToken);
        if (admitted.Error is { } refused)
            return refused;
        var staging = await upload.StageAsync(file.Content, cancellationToken);
        if (staging.Error is { } unstored)
            return unstored;

        await using var staged = staging.Value;
        var details = await readDetails(cancellationToken);
        if (details.Error is { } unfit)
            return unfit;
        // Behind the file there may have been more fields.
        var album = form.Album();
        if (album.Error is { } unreadable)
            return unreadable;
        var image = new NewImage(details.Value, file.Name, source) { Album = album.Value, Admission = admitted.Value };
        return await upload.AcceptAsync(actor, staged, image, cancellationToken);
    }
}
