using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;
using GoImg.Core.Tags;

namespace GoImg.Core.Images;

/// <summary>The same change to many of one's own images: all that can take it, in one commit. What is not the asker's reads as absent and is left alone.</summary>
public sealed class BulkEdit(IImages images, IBulkChanges changes, IAuditLog audit, IUnitOfWork work, TimeProvider clock)
{
    public const int MaxImages = 1_000;

    public Task<Result<BulkOutcome>> SetVisibilityAsync(
        Actor actor,
        IReadOnlyCollection<ImageId> ids,
        Visibility visibility,
        CancellationToken cancellationToken
    ) =>
        EditAsync(
            actor,
            ids,
            image =>
            {
                var before = image.Visibility;
                var shown = image.Show(visibility);
                audit.NoteVisibility(actor, image, before);
                return shown;
            },
            image => image.Visibility == visibility ? null : new ImageChange(image.Id, image.Visibility, visibility, AddedTags: null),
            cancellationToken
        );

    /// <summary><paramref name="tags"/> as a person typed them. An image that would get too many keeps its own and is refused.</summary>
    public async Task<Result<BulkOutcome>> AddTagsAsync(
        Actor actor,
        IReadOnlyCollection<ImageId> ids,
        string tags,
        CancellationToken cancellationToken
    )
    {
        var parsed = Tag.ParseList(tags);
        if (parsed.Error is { } error)
            return error;
        if (parsed.Value.Count == 0)
            return new ValidationFailed("tags", ImageErrorTexts.NoTag);

        return await EditAsync(
            actor,
            ids,
            image => image.AddTags(parsed.Value),
            image =>
                parsed.Value.Except(image.Tags).ToList() is { Count: > 0 } added ? new ImageChange(image.Id, Before: null, After: null, added) : null,
            cancellationToken
        );
    }

    /// <summary>All get the same <see cref="BulkOutcome.At"/>, by which <see cref="UndoTrashAsync"/> finds them again.</summary>
    public Task<Result<BulkOutcome>> MoveToTrashAsync(Actor actor, IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken)
    {
        var now = Now();
        return ChangeAsync(
            actor,
            ids,
            now,
            image =>
            {
                image.MoveToTrash(now);
                return Result.Success;
            },
            cancellationToken
        );
    }

    public Task<Result<BulkOutcome>> RestoreAsync(Actor actor, IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken) =>
        ChangeAsync(actor, ids, Now(), image => image.Restore(), cancellationToken);

    /// <summary>Takes back what the asker moved to the trash at that moment; nothing if it is no longer there.</summary>
    public async Task<Result<BulkOutcome>> UndoTrashAsync(Actor actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } me)
            return new SignInRequired();

        return await ApplyAsync(
            actor,
            () => images.FindTrashedAtAsync(me, at, MaxImages, cancellationToken),
            at,
            image => image.Restore(),
            cancellationToken
        );
    }

    /// <summary>Takes back an edit of the last <see cref="BulkChange.UndoableFor"/>; what was changed again since stays.</summary>
    public async Task<Result<BulkOutcome>> UndoAsync(Actor actor, Guid change, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } me)
            return new SignInRequired();
        return await work.RetryAsync<BulkOutcome>(
            async () =>
            {
                var now = clock.GetUtcNow();
                if (await changes.FindAsync(me, change, cancellationToken) is not { } made || made.MadeAt <= now - BulkChange.UndoableFor)
                    return new NotFound("change");

                var before = made.Images.ToDictionary(image => image.Image);
                var found = (await images.FindAllAsync(before.Keys, cancellationToken)).Where(image => ImageAccess.CanEdit(actor, image)).ToList();
                foreach (var image in found)
                {
                    var visibility = image.Visibility;
                    before[image.Id].Undo(image);
                    audit.NoteVisibility(actor, image, visibility);
                }

                changes.Remove(made);
                return new BulkOutcome(found.Count, [], now);
            },
            cancellationToken
        );
    }

    private Task<Result<BulkOutcome>> EditAsync(
        Actor actor,
        IReadOnlyCollection<ImageId> ids,
        Func<Image, Result> change,
        Func<Image, ImageChange?> remember,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            actor,
            ids,
            Now(),
            image => ImageAccess.CanEdit(actor, image) ? change(image) : new ImageErrors.InTrash(),
            cancellationToken,
            remember
        );

    private async Task<Result<BulkOutcome>> ChangeAsync(
        Actor actor,
        IReadOnlyCollection<ImageId> ids,
        DateTimeOffset now,
        Func<Image, Result> change,
        CancellationToken cancellationToken,
        Func<Image, ImageChange?>? remember = null
    )
    {
        if (actor.MemberId is null)
            return new SignInRequired();
        if (ids.Count == 0)
            return new ValidationFailed("ids", ImageErrorTexts.NoneChosen);
        if (ids.Count > MaxImages)
            return new ValidationFailed("ids", ImageErrorTexts.TooManyChosen.With(ids.Count, MaxImages));

        return await ApplyAsync(actor, () => images.FindAllAsync(ids, cancellationToken), now, change, cancellationToken, remember);
    }

    private Task<Result<BulkOutcome>> ApplyAsync(
        Actor actor,
        Func<Task<IReadOnlyList<Image>>> find,
        DateTimeOffset now,
        Func<Image, Result> change,
        CancellationToken cancellationToken,
        Func<Image, ImageChange?>? remember = null
    ) =>
        work.RetryAsync<BulkOutcome>(
            async () =>
            {
                var changed = 0;
                var refused = new List<BulkRefusal>();
                var remembered = new List<ImageChange>();
                foreach (var image in (await find()).Where(image => ImageAccess.CanDelete(actor, image)))
                {
                    var before = remember?.Invoke(image);
                    if (change(image).Error is { } why)
                    {
                        refused.Add(new(image.Id, why));
                        continue;
                    }

                    changed++;
                    if (before is not null)
                        remembered.Add(before);
                }

                return new BulkOutcome(changed, refused, now) { Change = Keep(actor, remembered, now) };
            },
            cancellationToken
        );

    private Guid? Keep(Actor actor, List<ImageChange> remembered, DateTimeOffset now)
    {
        if (remembered.Count == 0)
            return null;

        var change = BulkChange.Of(actor.MemberId!.Value, remembered, now);
        changes.Add(change);
        return change.Id;
    }

    // PostgreSQL keeps microseconds; finer, and the moment would not be found again.
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}

/// <summary>What came of a change to many. <paramref name="Refused"/> images are as they were.</summary>
public sealed record BulkOutcome(int Changed, IReadOnlyList<BulkRefusal> Refused, DateTimeOffset At)
{
    /// <summary>For <see cref="BulkEdit.UndoAsync"/>; null when nothing is other than before, or it is undone another way.</summary>
    public Guid? Change { get; init; }
}

public sealed record BulkRefusal(ImageId Id, Error Why);
