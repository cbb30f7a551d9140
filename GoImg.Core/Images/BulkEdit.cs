using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;
using GoImg.Core.Tags;

namespace GoImg.Core.Images;

/// <summary>The same change to many of one's own images: all that can take it, in one commit. What is not the asker's reads as absent and is left alone.</summary>
public sealed class BulkEdit(IImages images, IAuditLog audit, IUnitOfWork work, TimeProvider clock)
{
    public const int MaxImages = 100;

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

        return await EditAsync(actor, ids, image => image.AddTags(parsed.Value), cancellationToken);
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

    private Task<Result<BulkOutcome>> EditAsync(
        Actor actor,
        IReadOnlyCollection<ImageId> ids,
        Func<Image, Result> change,
        CancellationToken cancellationToken
    ) => ChangeAsync(actor, ids, Now(), image => ImageAccess.CanEdit(actor, image) ? change(image) : new ImageErrors.InTrash(), cancellationToken);

    private async Task<Result<BulkOutcome>> ChangeAsync(
        Actor actor,
        IReadOnlyCollection<ImageId> ids,
        DateTimeOffset now,
        Func<Image, Result> change,
        CancellationToken cancellationToken
    )
    {
        if (actor.MemberId is null)
            return new SignInRequired();
        if (ids.Count == 0)
            return new ValidationFailed("ids", ImageErrorTexts.NoneChosen);
        if (ids.Count > MaxImages)
            return new ValidationFailed("ids", ImageErrorTexts.TooManyChosen.With(ids.Count, MaxImages));

        return await ApplyAsync(actor, () => images.FindAllAsync(ids, cancellationToken), now, change, cancellationToken);
    }

    private Task<Result<BulkOutcome>> ApplyAsync(
        Actor actor,
        Func<Task<IReadOnlyList<Image>>> find,
        DateTimeOffset now,
        Func<Image, Result> change,
        CancellationToken cancellationToken
    ) =>
        work.RetryAsync<BulkOutcome>(
            async () =>
            {
                var changed = 0;
                var refused = new List<BulkRefusal>();
                foreach (var image in (await find()).Where(image => ImageAccess.CanDelete(actor, image)))
                {
                    if (change(image).Error is { } why)
                        refused.Add(new(image.Id, why));
                    else
                        changed++;
                }

                return new BulkOutcome(changed, refused, now);
            },
            cancellationToken
        );

    // PostgreSQL keeps microseconds; finer, and the moment would not be found again.
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}

/// <summary>What came of a change to many. <paramref name="Refused"/> images are as they were.</summary>
public sealed record BulkOutcome(int Changed, IReadOnlyList<BulkRefusal> Refused, DateTimeOffset At);

public sealed record BulkRefusal(ImageId Id, Error Why);
