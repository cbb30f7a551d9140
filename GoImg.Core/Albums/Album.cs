using GoImg.Core.Accounts;
using GoImg.Core.Events;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

/// <summary>A member's choice of images in an order. Which images lie in it is kept beside it, as an album has no upper limit;
/// who may see it is <see cref="AlbumAccess"/>'s to say.</summary>
public sealed class Album : Aggregate
{
    private Album() { }

    public AlbumId Id { get; private set; }

    public string Slug { get; private set; } = "";

    public MemberId OwnerId { get; private set; }

    /// <summary>Loaded with every album: its status decides who may see the album.</summary>
    public Member Owner { get; private set; } = null!;

    public string Title { get; private set; } = "";

    public string Description { get; private set; } = "";

    public Visibility Visibility { get; private set; }

    public AlbumOrder Order { get; private set; }

    public AlbumState State { get; private set; }

    /// <summary>What the owner was told when a moderator held or removed it; null unless one did.</summary>
    public string? ModerationReason { get; private set; }

    /// <summary>Null: the first image stands for the album.</summary>
    public ImageId? CoverId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Since when it lies in the trash, where only its owner finds it.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public AlbumModerationState ModerationState => new(State, ModerationReason);

    public static Album Create(MemberId owner, AlbumDetails details, DateTimeOffset now)
    {
        var album = new Album
        {
            Id = AlbumId.New(),
            Slug = Images.Slug.New(),
            OwnerId = owner,
            CreatedAt = now,
        };
        album.Take(details);
        album.Record(new AlbumCreated(album.Id, owner));
        return album;
    }

    public void Edit(AlbumDetails details)
    {
        Take(details);
        RecordEdit();
    }

    public void ChooseCover(ImageId? image)
    {
        CoverId = image;
        RecordEdit();
    }

    public void OrderBy(AlbumOrder order)
    {
        Order = order;
        RecordEdit();
    }

    public void MoveToTrash(DateTimeOffset now)
    {
        DeletedAt = now;
        Record(new AlbumTrashed(Id, OwnerId));
    }

    public void Restore()
    {
        DeletedAt = null;
        Record(new AlbumRestored(Id, OwnerId));
    }

    /// <summary>By a moderator: from all but its owner and staff. Its images stay as they are.</summary>
    /// <param name="state">Held or removed.</param>
    public void Hide(AlbumState state, string reason)
    {
        (State, ModerationReason) = (state, reason);
        Record(new AlbumHidden(Id, OwnerId));
    }

    /// <summary>Ends a hold. Not held, no change.</summary>
    public void Release()
    {
        if (State != AlbumState.Held)
            return;

        (State, ModerationReason) = (AlbumState.Active, null);
        Record(new AlbumReleased(Id, OwnerId));
    }

    /// <summary>Takes back a moderator's decision. Fails with <see cref="AlbumErrors.ChangedSince"/> when the album is no longer as the decision left it.</summary>
    public Result Revert(AlbumModerationState before, AlbumModerationState after)
    {
        if (before == after)
            return Result.Success;
        if (State != after.State)
            return new AlbumErrors.ChangedSince();

        (State, ModerationReason) = before;
        Record(State == AlbumState.Active ? new AlbumReleased(Id, OwnerId) : new AlbumHidden(Id, OwnerId));
        return Result.Success;
    }

    private void Take(AlbumDetails details)
    {
        Title = details.Title;
        Description = details.Description;
        Visibility = details.Visibility;
        Order = details.Order;
    }

    private void RecordEdit() => Record(new AlbumEdited(Id, OwnerId));
}
