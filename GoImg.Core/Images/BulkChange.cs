using GoImg.Core.Accounts;

namespace GoImg.Core.Images;

/// <summary>What a member changed of many images at once, kept for <see cref="UndoableFor"/> so that it can be taken back.</summary>
public sealed class BulkChange
{
    public static readonly TimeSpan UndoableFor = TimeSpan.FromDays(1);

    private BulkChange() { }

    public Guid Id { get; private set; }

    public MemberId MemberId { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    public IReadOnlyList<ImageChange> Images { get; private set; } = [];

    public static BulkChange Of(MemberId member, IReadOnlyList<ImageChange> images, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            MemberId = member,
            Images = images,
            MadeAt = now,
        };
}

/// <summary>What became of one image: one of visibility (null: as it was) and tags (null: none were added) changed.</summary>
public sealed record ImageChange(ImageId Image, Visibility? Before, Visibility? After, IReadOnlyList<string>? AddedTags)
{
    /// <summary>Takes it back. What was changed again since stays as it is now.</summary>
    public void Undo(Image image)
    {
        if (Before is { } before && image.Visibility == After)
            image.Show(before);
        if (AddedTags is { Count: > 0 } added)
            image.RemoveTags(added);
    }
}

public interface IBulkChanges
{
    void Add(BulkChange change);

    /// <summary>Null when there is none of the member's by that id, or none any more.</summary>
    Task<BulkChange?> FindAsync(MemberId member, Guid id, CancellationToken cancellationToken);

    void Remove(BulkChange change);

    /// <summary>Removes at once, outside the unit of work.</summary>
    Task ForgetAsync(DateTimeOffset madeBefore, CancellationToken cancellationToken);
}
