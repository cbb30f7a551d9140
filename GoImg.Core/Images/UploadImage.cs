using GoImg.Core.Accounts;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>Takes a file in, whatever way it came: bytes first, then the row and its job in one commit. What is acknowledged is durable; what is
/// refused leaves nothing.</summary>
public sealed class UploadImage(
    AdmitUpload admission,
    IEnumerable<IUploadRule> rules,
    IObjectStore store,
    IImageInspector inspector,
    IImages images,
    IUploadAlbums albums,
    IUnitOfWork unitOfWork,
    ImageLimits limits,
    IFailpoints failpoints,
    TimeProvider time
)
{
    /// <summary>Stores a file's bytes, as far as the limit goes, for <see cref="AcceptAsync"/>; ask <see cref="AdmitUpload"/> first.
    /// Fails with <see cref="ImageErrors.StorageIsFull"/> or <see cref="ImageErrors.StorageIsDown"/>. The caller disposes the result.</summary>
    public Task<Result<StagedObject>> StageAsync(Stream content, CancellationToken cancellationToken) =>
        GuardAsync<StagedObject>(async () =>
        {
            var staged = await store.StageAsync(content, limits.MaxFileBytes, cancellationToken);
            try
            {
                await failpoints.HitAsync("upload.after-stage", cancellationToken);
                return staged;
            }
            catch
            {
                await staged.DisposeAsync();
                throw;
            }
        });

    /// <summary>Fails as <see cref="AdmitUpload"/> does, with an error of <see cref="ImageFileErrors"/> or of an <see cref="IUploadRule"/>,
    /// <see cref="ImageErrors.StorageIsFull"/> or <see cref="ImageErrors.StorageIsDown"/>.
    /// The same bytes again by the same member, also at the same time, answer with the image that exists, out of the trash if it lies there.</summary>
    public Task<Result<UploadOutcome>> AcceptAsync(Actor actor, StagedObject staged, NewImage image, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            var kept = await KeepAsync(actor, staged, image, cancellationToken);
            // The album was the member's a moment ago; should it be gone by now, the image is in the library all the same.
            if (kept.IsSuccess && image.Album is { } album)
                await albums.AddAsync(actor, album, kept.Value.ImageId, CancellationToken.None);
            return kept;
        });

    private async Task<Result<UploadOutcome>> KeepAsync(Actor actor, StagedObject staged, NewImage image, CancellationToken cancellationToken)
    {
        // What exceeds the limit is not all here, and its hash says nothing: it must not get past this.
        var bytes = staged.ExceedsLimit ? long.MaxValue : staged.LengthBytes;
        if ((await admission.CheckAsync(actor, bytes, image.Admission, cancellationToken)).Error is { } refused)
            return refused;

        var owner = actor.MemberId!.Value; // checked above
        if (await FindDuplicateAsync(owner, staged, cancellationToken) is { } duplicate)
            return duplicate;
        if (
            image.Album != image.Admission?.Album
            && (await admission.CheckAlbumAsync(actor, image.Album, cancellationToken)).Error is { } unknownAlbum
        )
            return unknownAlbum;
        foreach (var rule in rules)
            if (await rule.CheckAsync(actor, staged, image, cancellationToken) is { } forbidden)
                return forbidden;

        var header = await InspectAsync(staged, cancellationToken);
        if (header.Error is { } unfit)
            return unfit;

        var file = new ReceivedFile(FileName.ForDisplay(image.FileName), staged.LengthBytes, staged.Sha256, header.Value);
        var received = Image.Receive(ImageId.New(), owner, image.Details, file, image.CreatedAt ?? time.GetUtcNow());
        return await SaveAsync(received, staged, image.Admission, cancellationToken);
    }

    private async Task<Result<UploadOutcome>> SaveAsync(
        Image image,
        StagedObject staged,
        UploadAdmission? admitted,
        CancellationToken cancellationToken
    )
    {
        var original = ImageObjectKeys.Original(image.Id);
        await store.PromoteAsync(staged, original, ObjectMetadata.Private(image.Format.MediaType()), cancellationToken);
        await failpoints.HitAsync("upload.after-promote", cancellationToken);

        // The object has its name: from here on the client's leaving must not cut between it and its row.
        var refused = await AddAsync(image, admitted);
        if (refused is null)
        {
            await failpoints.HitAsync("upload.after-commit", CancellationToken.None);
            return UploadOutcome.Of(image, isDuplicate: false);
        }

        // A definite no, so the object is nobody's. (An exception above is no answer: the row may be there, and the sweep decides a day later.)
        await store.DeleteAsync(original, CancellationToken.None);
        return await FindDuplicateAsync(image.OwnerId, staged, CancellationToken.None) is { } winner ? winner : refused;
    }

    private async Task<Error?> AddAsync(Image image, UploadAdmission? admitted)
    {
        if (!await images.TryAddAsync(image, limits.MaxMemberBytes, admitted?.ReservationId, CancellationToken.None))
            return new ImageErrors.QuotaExceeded(await images.UsedBytesAsync(image.OwnerId, CancellationToken.None), limits.MaxMemberBytes);
        admitted?.OnAccepted?.Invoke(image.Id);

        await failpoints.HitAsync("upload.before-commit", CancellationToken.None);
        return (await unitOfWork.CommitAsync(CancellationToken.None)).Error;
    }

    private static async Task<Result<T>> GuardAsync<T>(Func<Task<Result<T>>> work)
    {
        try
        {
            return await work();
        }
        catch (ObjectStoreFullException)
        {
            return new ImageErrors.StorageIsFull();
        }
        catch (ObjectStoreUnavailableException)
        {
            return new ImageErrors.StorageIsDown();
        }
    }

    /// <summary>The image that has these bytes; null when none has. One in the trash comes back: whoever sends a file wants it in the gallery.
    /// What a moderator removed stays where it is.</summary>
    private async Task<UploadOutcome?> FindDuplicateAsync(MemberId owner, StagedObject staged, CancellationToken cancellationToken)
    {
        if (await images.FindByHashAsync(owner, staged.Sha256, cancellationToken) is not { } there)
            return null;
        var restored = there.State == ImageState.Deleted ? await RestoreAsync(owner, staged, cancellationToken) : null;
        return restored ?? UploadOutcome.Of(there, isDuplicate: true);
    }

    private async Task<UploadOutcome?> RestoreAsync(MemberId owner, StagedObject staged, CancellationToken cancellationToken)
    {
        var restored = await unitOfWork.RetryAsync<UploadOutcome>(
            async () =>
            {
                if (await images.FindByHashAsync(owner, staged.Sha256, cancellationToken) is not { } there)
                    return new NotFound("image");
                return there.Restore().Error is { } kept ? kept : UploadOutcome.Of(there, isDuplicate: false);
            },
            cancellationToken
        );
        return restored.IsSuccess ? restored.Value : null;
    }

    private async Task<Result<ImageHeader>> InspectAsync(StagedObject staged, CancellationToken cancellationToken)
    {
        await using var content = await staged.OpenAsync(cancellationToken);
        return await inspector.InspectAsync(content, cancellationToken);
    }
}

/// <summary>What became of an upload. A duplicate has the state of the image that was there; one that came back from the trash is none.</summary>
public sealed record UploadOutcome(ImageId ImageId, string Slug, ImageState State, bool IsDuplicate)
{
    internal static UploadOutcome Of(Image image, bool isDuplicate) => new(image.Id, image.Slug, image.State, isDuplicate);
}
