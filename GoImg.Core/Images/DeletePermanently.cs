using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>Deletes one's own images for good: the rows in one commit, the bytes by jobs within moments. Cannot be undone.</summary>
public sealed class DeletePermanently(IImages images, IUnitOfWork work, TimeProvider clock)
{
    /// <summary>Images that one call deletes: few enough to be shown to who is asked.</summary>
    public const int MaxImages = 100;

    /// <summary>One image, from the trash or not. To everyone who may not see it it is <see cref="NotFound"/>.</summary>
    public Task<Result> OneAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        work.ChangeAsync(
            images,
            actor,
            id,
            async image =>
            {
                if (!ImageAccess.CanDelete(actor, image))
                    return new NotAllowed(ImageErrorTexts.NotYours);
                if (image.ModerationReason is not null)
                    return new ImageErrors.KeptForAppeal();

                await images.RemoveAsync(image, cancellationToken);
                return Result.Success;
            },
            cancellationToken
        );

    /// <summary>Images in the trash at once that one call deletes; what a moderator removed is refused, the rest that is not in the asker's trash is left alone.</summary>
    public async Task<Result<BulkOutcome>> TheseAsync(Actor actor, IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken)
    {
        if (actor.MemberId is null)
            return new SignInRequired();
        if (ids.Count > MaxImages)
            return new ValidationFailed("ids", ImageErrorTexts.TooManyChosen.With(ids.Count, MaxImages));

        return await DeleteAsync(actor, await images.FindAllAsync(ids, cancellationToken), cancellationToken);
    }

    /// <summary>Everything, in commits of <see cref="MaxImages"/>. What was deleted before an error stays deleted.</summary>
    public async Task<Result<BulkOutcome>> AllAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } me)
            return new SignInRequired();

        var (deleted, refused) = (0, new List<BulkRefusal>());
        while (true)
        {
            var some = await images.FindTrashAsync(me, skip: refused.Count, MaxImages, cancellationToken);
            if (some.Count == 0)
                return new BulkOutcome(deleted, refused, clock.GetUtcNow());

            var outcome = await DeleteAsync(actor, some, cancellationToken);
            if (outcome.Error is { } error)
                return error;
            deleted += outcome.Value.Changed;
            refused.AddRange(outcome.Value.Refused);
        }
    }

    private async Task<Result<BulkOutcome>> DeleteAsync(Actor actor, IReadOnlyList<Image> found, CancellationToken cancellationToken)
    {
        var refused = new List<BulkRefusal>();
        var deleted = 0;
        foreach (var image in found.Where(image => ImageAccess.CanDelete(actor, image) && image.State == ImageState.Deleted))
        {
            if (image.ModerationReason is not null)
            {
                refused.Add(new(image.Id, new ImageErrors.KeptForAppeal()));
                continue;
            }

            await images.RemoveAsync(image, cancellationToken);
            deleted++;
        }

        var saved = await work.CommitAsync(cancellationToken);
        return saved.Error is { } error ? error : new BulkOutcome(deleted, refused, clock.GetUtcNow());
    }
}
