using GoImg.Core.Accounts;
using GoImg.Core.Events;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Tags;

namespace GoImg.Core.Images;

/// <summary>One uploaded image and its state machine. Who may see it is <see cref="ImageAccess"/>'s to say, never this class's.</summary>
public sealed class Image : Aggregate, IImageStanding
{
    private Image() { }

    public ImageId Id { get; private set; }

    public string Slug { get; private set; } = "";

    public MemberId OwnerId { get; private set; }

    /// <summary>Loaded with every image: its status decides who may see the image.</summary>
    public Member Owner { get; private set; } = null!;

    public string Title { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string AltText { get; private set; } = "";

    public IReadOnlyList<string> Tags { get; private set; } = [];

    public Visibility Visibility { get; private set; }

    public ContentRating Rating { get; private set; }

    public ImageState State { get; private set; }

    /// <summary>Only for the owner's progress view; changes without a new version.</summary>
    public ImageStage Stage { get; private set; }

    /// <summary>What the state was before the image went to the trash.</summary>
    public ImageState? StateBeforeDeletion { get; private set; }

    /// <summary>Code of the error that made it fail; null unless failed or quarantined.</summary>
    public string? FailureCode { get; private set; }

    /// <summary>The same error as a sentence for the owner.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>What the owner was told when a moderator held or removed it; null unless one did.</summary>
    public string? ModerationReason { get; private set; }

    /// <summary>The client's name for the file, for the owner alone.</summary>
    public string FileName { get; private set; } = "";

    public ImageFormat Format { get; private set; }

    public long SizeBytes { get; private set; }

    /// <summary>SHA-256 of the original's bytes.</summary>
    public byte[] Sha256 { get; private set; } = [];

    /// <summary>Of the upright picture.</summary>
    public int WidthPx { get; private set; }

    public int HeightPx { get; private set; }

    public int Frames { get; private set; }

    /// <summary><c>#rrggbb</c>; empty until rendered.</summary>
    public string DominantColor { get; private set; } = "";

    /// <summary>A tiny WebP to inline; empty until rendered.</summary>
    public byte[] Placeholder { get; private set; } = [];

    public long PerceptualHash { get; private set; }

    /// <summary>Fingerprint of the recipe its renditions were made by; empty when they are to be made again.</summary>
    public string Recipe { get; private set; } = "";

    /// <summary>The set of renditions that is served; empty when there is none.</summary>
    public string RenditionSet { get; private set; } = "";

    /// <summary>The files of that set. A JPEG appears when somebody first asked for it.</summary>
    public IReadOnlyList<StoredRendition> Renditions { get; private set; } = [];

    /// <summary>False while its bytes have not been scanned for malware.</summary>
    public bool IsScanned { get; private set; }

    /// <summary>When the stored original was found missing or changed; null while it is as its owner sent it, as far as known.</summary>
    public DateTimeOffset? DamagedAt { get; private set; }

    /// <summary>Others may download it (cleaned of metadata); off unless the owner says so.</summary>
    public bool AllowsDownload { get; private set; }

    /// <summary>By the file's own metadata; null where it does not say.</summary>
    public string? CameraMake { get; private set; }

    /// <inheritdoc cref="CameraMake"/>
    public string? CameraModel { get; private set; }

    /// <inheritdoc cref="CameraMake"/>
    public string? Lens { get; private set; }

    /// <summary>When it was taken, as the camera's clock said it; as if in UTC where it names no zone. As <see cref="CameraMake"/> otherwise.</summary>
    public DateTimeOffset? TakenAt { get; private set; }

    /// <inheritdoc cref="CameraMake"/>
    public CameraDetails? CameraDetails { get; private set; }

    /// <summary>What others see of the camera data.</summary>
    public CameraParts CameraShown { get; private set; }

    /// <summary>Of the original's bytes; null until they were read.</summary>
    public long? Crc32 { get; private set; }

    /// <summary>The <see cref="OriginalFacts.Version"/> that its original was read by; 0 before.</summary>
    public int FactsVersion { get; private set; }

    /// <summary>All of it, for the owner.</summary>
    public CameraData Camera =>
        new()
        {
            Make = CameraMake,
            Model = CameraModel,
            Lens = Lens,
            TakenAt = TakenAt,
            Details = CameraDetails ?? new CameraDetails(),
        };

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Still to be scanned and rendered, in the trash or out of it.</summary>
    public bool IsBeingPrepared => StateOutsideTrash == ImageState.Processing;

    /// <summary>Renditions of it are stored.</summary>
    public bool IsRendered => IsRenderedIn(State, StateBeforeDeletion);

    MemberStatus IImageStanding.OwnerStatus => Owner.Status;

    /// <summary>Malware was found in it, in the trash or out of it.</summary>
    public bool IsQuarantined => StateOutsideTrash == ImageState.Quarantined;

    public string ShownTitle => ImageTitle.Shown(Title);

    /// <summary>Hidden by a moderator until decided, in the trash or not.</summary>
    public bool IsHeld => IsHeldIn(ModerationState);

    public ImageModerationState ModerationState => new(State, StateBeforeDeletion, Rating, ModerationReason);

    /// <inheritdoc cref="IsHeld"/>
    public static bool IsHeldIn(ImageModerationState state) =>
        (state.State == ImageState.Deleted ? state.StateBeforeDeletion : state.State) == ImageState.Flagged;

    /// <inheritdoc cref="IsRendered"/>
    public static bool IsRenderedIn(ImageState state, ImageState? beforeDeletion) =>
        (state == ImageState.Deleted ? beforeDeletion : state) is ImageState.Active or ImageState.Flagged;

    public static Image Receive(ImageId id, MemberId owner, ImageDetails details, ReceivedFile file, DateTimeOffset now)
    {
        var (width, height) = file.Header.UprightSize;
        var image = new Image
        {
            Id = id,
            Slug = Images.Slug.New(),
            OwnerId = owner,
            FileName = file.Name,
            Format = file.Header.Format,
            SizeBytes = file.LengthBytes,
            Sha256 = file.Sha256,
            WidthPx = width,
            HeightPx = height,
            Frames = file.Header.Frames,
            State = ImageState.Processing,
            Stage = ImageStage.Received,
            CreatedAt = now,
        };
        image.Take(details);
        image.Record(new ImageReceived(id, owner));
        return image;
    }

    public void Edit(ImageDetails details)
    {
        Take(details);
        RecordEdit();
    }

    public Result Show(Visibility visibility)
    {
        Visibility = visibility;
        RecordEdit();
        return Result.Success;
    }

    /// <summary>Those it has stay; refused as a whole when it would have too many.</summary>
    public Result AddTags(IReadOnlyList<string> tags)
    {
        var all = Tag.ParseAll(Tags.Concat(tags));
        if (all.Error is { } error)
            return error;

        Tags = all.Value;
        RecordEdit();
        return Result.Success;
    }

    public void RemoveTags(IReadOnlyList<string> tags)
    {
        Tags = [.. Tags.Except(tags)];
        RecordEdit();
    }

    public void AllowDownload(bool allowed) => AllowsDownload = allowed;

    public void ShowCamera(CameraParts parts) => CameraShown = parts;

    /// <summary>Its original was read.</summary>
    public void Note(OriginalFacts facts)
    {
        var camera = facts.Camera;
        (CameraMake, CameraModel, Lens, TakenAt) = (camera.Make, camera.Model, camera.Lens, camera.TakenAt);
        CameraDetails = camera.Details == new CameraDetails() ? null : camera.Details;
        Crc32 = facts.Crc32;
        FactsVersion = OriginalFacts.Version;
        Record(new OriginalRead(Id, OwnerId));
    }

    public void Rate(ContentRating rating)
    {
        Rating = rating;
        RecordEdit();
    }

    /// <summary>Processing → Active. An image that went to the trash meanwhile becomes ready there.</summary>
    public void Publish(RenderedImage rendered, StoredRenditions stored, bool scanned)
    {
        Take(rendered, stored);
        IsScanned = scanned;
        Settle(ImageState.Active, null);
        Record(State == ImageState.Active ? new ImagePublished(Id, OwnerId) : new ImageRendered(Id, OwnerId));
    }

    /// <summary>Other renditions from now on; nothing else changes.</summary>
    public void Renew(RenderedImage rendered, StoredRenditions stored)
    {
        Take(rendered, stored);
        Record(new ImageRendered(Id, OwnerId));
    }

    /// <summary>New ones by this recipe can't be made: what it has stays, and is not tried again until the recipe changes.</summary>
    public void KeepRenditions(string recipe) => Recipe = recipe;

    /// <summary>Its bytes were scanned after it was published, and are clean.</summary>
    public void PassScan() => IsScanned = true;

    public void MarkDamaged(DateTimeOffset now)
    {
        DamagedAt = now;
        Record(new OriginalDamaged(Id, OwnerId));
    }

    /// <summary>The original is as its owner sent it, again.</summary>
    public void MarkWhole()
    {
        DamagedAt = null;
        Record(new OriginalWhole(Id, OwnerId));
    }

    public void Fail(Error reason)
    {
        Settle(ImageState.Failed, reason);
        Record(new ImageFailed(Id, OwnerId, reason.Code));
    }

    public void Quarantine(ImageErrors.Infected reason)
    {
        IsScanned = true;
        Serve(StoredRenditions.None);
        Settle(ImageState.Quarantined, reason);
        Record(new ImageQuarantined(Id, OwnerId, reason.Malware));
    }

    /// <summary>Failed → Processing, from the start.</summary>
    public Result Retry()
    {
        if (State != ImageState.Failed)
            return new ImageErrors.NotFailed();

        Restart();
        Record(new ImageRetried(Id, OwnerId));
        return Result.Success;
    }

    /// <summary>As <see cref="Retry"/>, by the job that gave it up; not failed, no change.</summary>
    public void Requeue()
    {
        if (State != ImageState.Failed)
            return;

        Restart();
        Record(new ImageRequeued(Id, OwnerId));
    }

    /// <summary>To the trash; again is no change.</summary>
    public void MoveToTrash(DateTimeOffset now)
    {
        if (State == ImageState.Deleted)
            return;

        StateBeforeDeletion = State;
        State = ImageState.Deleted;
        DeletedAt = now;
        Record(new ImageTrashed(Id, OwnerId));
    }

    /// <summary>Out of the trash by its owner. What a moderator removed only a moderator brings back.</summary>
    public Result Restore()
    {
        if (State != ImageState.Deleted)
            return Result.Success;
        if (ModerationReason is not null)
            return new ImageErrors.RemovedByModerator(ModerationReason);

        Undelete();
        return Result.Success;
    }

    /// <summary>Removed by a moderator: gone for everyone, kept for the time of an appeal.</summary>
    public void Remove(string reason, DateTimeOffset now)
    {
        MoveToTrash(now);
        ModerationReason = reason;
    }

    /// <summary>Active → Flagged: hidden from all but owner and staff until decided.</summary>
    public void Flag(string reason)
    {
        ModerationReason = reason;
        if (State != ImageState.Active)
            return;

        State = ImageState.Flagged;
        Record(new ImageHidden(Id, OwnerId));
    }

    /// <summary>Ends a hold: what others could see before they see again. Not held, no change.</summary>
    public void Release()
    {
        if (!IsHeld)
            return;

        if (State == ImageState.Flagged)
            State = ImageState.Active;
        else
            StateBeforeDeletion = ImageState.Active;
        ModerationReason = null;
        Record(new ImageReleased(Id, OwnerId));
    }

    /// <summary>Takes back what a moderator's decision changed, and only that. Fails with <see cref="ImageErrors.ChangedSince"/>
    /// when the image is no longer as the decision left it.</summary>
    public Result Revert(ImageModerationState before, ImageModerationState after)
    {
        if (before.State != after.State)
        {
            if (State != after.State)
                return new ImageErrors.ChangedSince();
            // Out of the trash it becomes what it would be by now: processing may have finished in there.
            if (after.State == ImageState.Deleted)
                Undelete();
            else
                ReturnTo(before.State);
        }
        else if (before.StateBeforeDeletion != after.StateBeforeDeletion && State == ImageState.Deleted)
        {
            StateBeforeDeletion = before.StateBeforeDeletion;
        }

        if (before.Rating != after.Rating && Rating == after.Rating)
            Rate(before.Rating);
        if (before.ModerationReason != after.ModerationReason)
            ModerationReason = before.ModerationReason;
        return Result.Success;
    }

    private ImageState StateOutsideTrash => State == ImageState.Deleted ? StateBeforeDeletion ?? ImageState.Active : State;

    private void Serve(StoredRenditions stored)
    {
        RenditionSet = stored.Set;
        Recipe = stored.Recipe;
        Renditions = stored.Files;
    }

    private void Undelete()
    {
        State = StateBeforeDeletion ?? ImageState.Active;
        StateBeforeDeletion = null;
        DeletedAt = null;
        Record(new ImageRestored(Id, OwnerId));
    }

    private void ReturnTo(ImageState state)
    {
        State = state;
        Record(state == ImageState.Flagged ? new ImageHidden(Id, OwnerId) : new ImageReleased(Id, OwnerId));
    }

    private void Restart()
    {
        State = ImageState.Processing;
        Stage = ImageStage.Received;
        FailureCode = FailureReason = null;
    }

    private void Take(RenderedImage rendered, StoredRenditions stored)
    {
        WidthPx = rendered.WidthPx;
        HeightPx = rendered.HeightPx;
        DominantColor = rendered.DominantColor;
        Placeholder = rendered.Placeholder;
        PerceptualHash = rendered.PerceptualHash;
        DamagedAt = null;
        Serve(stored);
    }

    private void Take(ImageDetails details)
    {
        Title = details.Title;
        Description = details.Description;
        AltText = details.AltText;
        Tags = details.Tags;
        Visibility = details.Visibility;
        Rating = details.Rating;
    }

    private void RecordEdit() => Record(new ImageEdited(Id, OwnerId));

    private void Settle(ImageState state, Error? failure)
    {
        Stage = ImageStage.Ready;
        FailureCode = failure?.Code;
        FailureReason = failure?.Message;
        if (State == ImageState.Deleted)
            StateBeforeDeletion = state;
        else
            State = state;
    }
}

/// <summary>A file that was stored and whose header was found good.</summary>
public sealed record ReceivedFile(string Name, long LengthBytes, byte[] Sha256, ImageHeader Header);

/// <summary>What a moderator's decision may change about an image, for taking it back.</summary>
public sealed record ImageModerationState(ImageState State, ImageState? StateBeforeDeletion, ContentRating Rating, string? ModerationReason);
