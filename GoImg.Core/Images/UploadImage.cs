using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.Core.Uploads;

namespace GoImg.Core.Images;

/// <summary>Takes a file in: bytes first, then the row and its job in one commit. What is acknowledged is durable; what is refused leaves nothing.</summary>
public sealed class UploadImage(
    IObjectStore store,
    IImageInspector inspector,
    IImages images,
    IJobBacklog backlog,
    IUnitOfWork unitOfWork,
    ImageLimits limits,
    IFailpoints failpoints,
    TimeProvider time
)
{
    /// <summary>Fails with <see cref="SignInRequired"/>, an error of <see cref="ImageFileErrors"/>, the details' <see cref="ValidationFailed"/>,
    /// <see cref="ImageErrors.QuotaExceeded"/>, <see cref="ImageErrors.TooMuchWaiting"/>, <see cref="ImageErrors.StorageIsFull"/> or <see cref="ImageErrors.StorageIsDown"/>.
    /// The same bytes again by the same member, also at the same time, answer with the image that exists.</summary>
    public async Task<Result<UploadOutcome>> UploadAsync(Actor actor, UploadRequest request, CancellationToken cancellationToken)
    {
        if (!actor.IsSignedIn)
            return new SignInRequired();
        if (await backlog.IsFullAsync(cancellationToken))
            return new ImageErrors.TooMuchWaiting(backlog.Max);

        return await GuardAsync(async () =>
        {
            await using var staged = await store.StageAsync(request.Content, limits.MaxFileBytes, cancellationToken);
            await failpoints.HitAsync("upload.after-stage", cancellationToken);
            return await KeepAsync(actor, staged, request, cancellationToken);
        });
    }

    /// <summary>As <see cref="UploadAsync"/>, for a file that is staged already; the request's content is not read.</summary>
    public Task<Result<UploadOutcome>> TakeAsync(Actor actor, StagedObject staged, UploadRequest request, CancellationToken cancellationToken) =>
        GuardAsync(() => KeepAsync(actor, staged, request, cancellationToken));

    private async Task<Result<UploadOutcome>> KeepAsync(Actor actor, StagedObject staged, UploadRequest request, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } owner)
            return new SignInRequired();
        if (staged.ExceedsLimit)
            return new ImageFileErrors.TooManyBytes(limits.MaxFileBytes);
        if (staged.LengthBytes == 0)
            return new ImageFileErrors.Empty();

        var details = await request.ReadDetailsAsync(cancellationToken);
        if (details.Error is { } unfit)
            return unfit;
        if (await FindDuplicateAsync(owner, staged, cancellationToken) is { } duplicate)
            return duplicate;

        var header = await InspectAsync(staged, cancellationToken);
        if (header.Error is { } refused)
            return refused;
        // Only spares the work below; what counts is the atomic reservation at the commit.
        if (await images.UsedBytesAsync(owner, cancellationToken) + staged.LengthBytes > limits.MaxMemberBytes)
            return await QuotaExceededAsync(owner);

        var file = new ReceivedFile(FileName.ForDisplay(request.FileName), staged.LengthBytes, staged.Sha256, header.Value);
        return await SaveAsync(Image.Receive(ImageId.New(), owner, details.Value, file, time.GetUtcNow()), staged, request.Upload, cancellationToken);
    }

    private async Task<Result<UploadOutcome>> SaveAsync(
        Image image,
        StagedObject staged,
        ResumableUpload? upload,
        CancellationToken cancellationToken
    )
    {
        var original = ObjectKey.Original(image.Id);
        await store.PromoteAsync(staged, original, cancellationToken);
        await failpoints.HitAsync("upload.after-promote", cancellationToken);

        // The object has its name: from here on the client's leaving must not cut between it and its row.
        var refused = await AddAsync(image, upload);
        if (refused is null)
        {
            await failpoints.HitAsync("upload.after-commit", CancellationToken.None);
            return UploadOutcome.Of(image, isDuplicate: false);
        }

        // A definite no, so the object is nobody's. (An exception above is no answer: the row may be there, and the sweep decides a day later.)
        await store.DeleteAsync(original, CancellationToken.None);
        return await FindDuplicateAsync(image.OwnerId, staged, CancellationToken.None) is { } winner ? winner : refused;
    }

    private async Task<Error?> AddAsync(Image image, ResumableUpload? upload)
    {
        if (!await images.TryAddAsync(image, limits.MaxMemberBytes, upload?.Id, CancellationToken.None))
            return await QuotaExceededAsync(image.OwnerId);
        upload?.Finish(image.Id, isDuplicate: false);
        await failpoints.HitAsync("upload.before-commit", CancellationToken.None);
        return (await unitOfWork.CommitAsync(CancellationToken.None)).Error;
    }

    private static async Task<Result<UploadOutcome>> GuardAsync(Func<Task<Result<UploadOutcome>>> work)
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

    private async Task<UploadOutcome?> FindDuplicateAsync(MemberId owner, StagedObject staged, CancellationToken cancellationToken) =>
        await images.FindByHashAsync(owner, staged.Sha256, cancellationToken) is { } there ? UploadOutcome.Of(there, isDuplicate: true) : null;

    private async Task<Result<ImageHeader>> InspectAsync(StagedObject staged, CancellationToken cancellationToken)
    {
        await using var content = staged.OpenRead();
        return await inspector.InspectAsync(content, cancellationToken);
    }

    private async Task<ImageErrors.QuotaExceeded> QuotaExceededAsync(MemberId owner) =>
        new(await images.UsedBytesAsync(owner, CancellationToken.None), limits.MaxMemberBytes);
}

/// <summary>A file on its way in.</summary>
/// <param name="Content">Read once, to the limit's end; stays open.</param>
/// <param name="FileName">As the client sent it.</param>
/// <param name="ReadDetailsAsync">Asked when <paramref name="Content"/> has been read: a form may carry its fields behind the file.</param>
public sealed record UploadRequest(Stream Content, string? FileName, Func<CancellationToken, Task<Result<ImageDetails>>> ReadDetailsAsync)
{
    public UploadRequest(Stream content, string? fileName, ImageDetails details)
        : this(content, fileName, _ => Task.FromResult<Result<ImageDetails>>(details)) { }

    /// <summary>The resumable upload it came by, loaded in this unit of work: it is finished in the image's commit, and the room set aside
    /// for it becomes the image's. Null when the file came in one piece.</summary>
    public ResumableUpload? Upload { get; init; }
}

/// <summary>What became of an upload. A duplicate has the state of the image that was there, which may lie in the trash.</summary>
public sealed record UploadOutcome(ImageId ImageId, string Slug, ImageState State, bool IsDuplicate)
{
    internal static UploadOutcome Of(Image image, bool isDuplicate) => new(image.Id, image.Slug, image.State, isDuplicate);
}
