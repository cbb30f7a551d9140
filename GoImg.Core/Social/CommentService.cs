using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;

namespace GoImg.Core.Social;

/// <summary>Writing, changing and deleting comments. Under an image one can't open there is nothing to say.</summary>
public sealed class CommentService(
    IComments comments,
    IImages images,
    RateLimiter rateLimiter,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    private static readonly NotFound NoComment = new("comment");

    public async Task<Result<CommentId>> AddAsync(Actor actor, ImageId imageId, string? text, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } author)
            return new SignInRequired();
        if (await images.FindAsync(imageId, cancellationToken) is not { State: ImageState.Active } image || !ImageAccess.CanOpen(actor, image))
            return new NotFound("image");
        var words = Comment.CheckWords(text);
        if (words.Error is { } wrong)
            return wrong;
        // Last: what was refused for another reason costs nothing.
        if ((await rateLimiter.TakeAsync(actor, RateLimitedAction.Comment, cancellationToken)).Error is { } tooMany)
            return tooMany;

        var comment = Comment.Write(image.Id, author, words.Value, clock.GetUtcNow());
        await comments.AddAsync(comment, cancellationToken);
        var saved = await unitOfWork.CommitAsync(cancellationToken);
        return saved.Error is { } error ? error : comment.Id;
    }

    public async Task<Result> EditAsync(Actor actor, CommentId id, string? text, CancellationToken cancellationToken)
    {
        if (await FindVisibleAsync(actor, id, cancellationToken) is not { DeletedAt: null } comment)
            return NoComment;
        if (comment.AuthorId is not { } author || !actor.Is(author))
            return new NotAllowed(CommentErrorTexts.NotYoursToEdit);
        var now = clock.GetUtcNow();
        if (!CommentAccess.CanEdit(actor, comment, now))
            return new CommentErrors.NoLongerEditable();
        var words = Comment.CheckWords(text);
        if (words.Error is { } wrong)
            return wrong;

        comment.Edit(words.Value, now);
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    /// <summary>By its author, the image's owner or staff. Deleting what is deleted is no change.</summary>
    public async Task<Result> DeleteAsync(Actor actor, CommentId id, CancellationToken cancellationToken)
    {
        if (await FindVisibleAsync(actor, id, cancellationToken) is not { } comment)
            return NoComment;
        if (!CommentAccess.CanDelete(actor, comment))
            return new NotAllowed(CommentErrorTexts.NotYoursToDelete);
        if (comment.DeletedAt is not null)
            return Result.Success;

        if (CommentAccess.IsAsStaff(actor, comment))
        {
            audit.Add(actor, AuditAction.CommentRemoved, SubjectOf(comment), "shown", "removed");
            comment.Remove(actor.MemberId, clock.GetUtcNow());
        }
        else
        {
            comment.Delete(actor.MemberId, clock.GetUtcNow());
        }

        await comments.CountAsync(comment, -1, cancellationToken);
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    /// <summary>Undo, for the one who deleted it; what a moderator removed, for other moderators than its author. Restoring what is there is no change.</summary>
    public async Task<Result> RestoreAsync(Actor actor, CommentId id, CancellationToken cancellationToken)
    {
        if (await FindVisibleAsync(actor, id, cancellationToken) is not { } comment || !CommentAccess.CanDelete(actor, comment))
            return NoComment;
        if (comment.DeletedAt is null)
            return Result.Success;
        if (!CommentAccess.CanRestore(actor, comment))
            return NoComment;

        var wasRemoved = comment.IsRemoved;
        comment.Restore();
        if (wasRemoved)
            audit.Add(actor, AuditAction.CommentRestored, SubjectOf(comment), "removed", comment.ModerationState.Describe());
        if (comment.DeletedAt is null)
            await comments.CountAsync(comment, +1, cancellationToken);
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    private static AuditSubject SubjectOf(Comment comment) => new("comment", comment.Id.ToString());

    private async Task<Comment?> FindVisibleAsync(Actor actor, CommentId id, CancellationToken cancellationToken) =>
        actor.IsSignedIn && await comments.FindAsync(id, cancellationToken) is { } comment && ImageAccess.CanOpen(actor, comment.Image)
            ? comment
            : null;
}
