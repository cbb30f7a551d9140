using GoImg.Core.Accounts;
using GoImg.Core.Events;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Social;

public readonly record struct CommentId(Guid Value)
{
    public static CommentId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>What somebody said under an image: plain text of 1–1,000 characters.</summary>
public sealed class Comment : Aggregate
{
    public const int MaxLength = 1000;

    private Comment() { }

    public CommentId Id { get; private set; }

    public ImageId ImageId { get; private set; }

    /// <summary>Loaded with every comment, its owner too.</summary>
    public Image Image { get; private set; } = null!;

    /// <summary>Null once the author's account was erased: the words stay.</summary>
    public MemberId? AuthorId { get; private set; }

    public Member? Author { get; private set; }

    public string Words { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>Deleted comments are shown to no one; who deleted one can bring it back.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public MemberId? DeletedById { get; private set; }

    /// <summary>Removed by a moderator as such: only a moderator brings it back.</summary>
    public bool IsRemoved { get; private set; }

    public int Version { get; private set; }

    public CommentModerationState ModerationState => new(DeletedAt, DeletedById, IsRemoved);

    /// <summary>The text as it will be kept, or what is wrong with it.</summary>
    public static Result<string> CheckWords(string? text)
    {
        var words = Text.Paragraphs(text);
        return Text.Length(words) switch
        {
            0 => new ValidationFailed("text", CommentErrorTexts.Empty),
            > MaxLength and var length => new ValidationFailed("text", CommentErrorTexts.TooLong.With(length, MaxLength, length - MaxLength)),
            _ => words,
        };
    }

    /// <summary><paramref name="words"/> passed <see cref="CheckWords"/>.</summary>
    public static Comment Write(ImageId image, MemberId author, string words, DateTimeOffset now)
    {
        var comment = new Comment
        {
            Id = CommentId.New(),
            ImageId = image,
            AuthorId = author,
            Words = words,
            CreatedAt = now,
        };
        comment.Record(new CommentAdded(comment.Id, image, author));
        return comment;
    }

    public void Edit(string words, DateTimeOffset now)
    {
        Words = words;
        EditedAt = now;
        Record(new CommentEdited(Id, ImageId));
    }

    public void Delete(MemberId? by, DateTimeOffset now)
    {
        DeletedAt = now;
        DeletedById = by;
        Record(new CommentDeleted(Id, ImageId));
    }

    /// <summary>By a moderator. What its author or the image's owner deleted before stays deleted by them, whatever becomes of the removal.</summary>
    public void Remove(MemberId? by, DateTimeOffset now)
    {
        IsRemoved = true;
        if (DeletedAt is null)
            Delete(by, now);
    }

    /// <summary>Takes back who deleted it; of what a moderator removed only that: what was deleted before is not theirs to show again.</summary>
    public void Restore()
    {
        var wasTheirs = IsRemoved && DeletedById is { } by && (by == AuthorId || by == Image.OwnerId);
        IsRemoved = false;
        if (wasTheirs)
            return;
        DeletedAt = null;
        DeletedById = null;
        Record(new CommentRestored(Id, ImageId));
    }

    /// <summary>Takes back a moderator's decision. Fails with <see cref="CommentErrors.ChangedSince"/> when the comment is no longer as the decision left it.</summary>
    public Result Revert(CommentModerationState before, CommentModerationState after)
    {
        if (before == after)
            return Result.Success;
        if ((IsRemoved, DeletedById) != (after.IsRemoved, after.DeletedById))
            return new CommentErrors.ChangedSince();

        var wasDeleted = DeletedAt is not null;
        (DeletedAt, DeletedById, IsRemoved) = before;
        if (wasDeleted && DeletedAt is null)
            Record(new CommentRestored(Id, ImageId));
        return Result.Success;
    }
}

/// <summary>What a moderator's decision may change about a comment, for taking it back.</summary>
public sealed record CommentModerationState(DateTimeOffset? DeletedAt, MemberId? DeletedById, bool IsRemoved)
{
    /// <summary>For the audit log.</summary>
    public string Describe() =>
        IsRemoved ? "removed"
        : DeletedAt is null ? "shown"
        : "deleted";
}
