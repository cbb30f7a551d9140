using System.Linq.Expressions;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Images;

internal sealed class ImageProgressQueries(GoImgDbContext db) : IImageProgress
{
    public async Task<IReadOnlyList<ImageProgress>> OfAsync(Actor actor, IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken) =>
        await Own(actor).Where(i => ids.Contains(i.Id)).Select(ToProgress).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<ImageProgress>> UnfinishedAsync(Actor actor, int take, CancellationToken cancellationToken) =>
        await Own(actor)
            .Where(i => i.State == ImageState.Processing)
            .OrderBy(i => i.CreatedAt)
            .ThenBy(i => i.Id)
            .Take(take)
            .Select(ToProgress)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<KnownFile>> KnownAsync(Actor actor, IReadOnlyCollection<byte[]> sha256, CancellationToken cancellationToken) =>
        await Own(actor)
            .Where(i => sha256.Contains(i.Sha256) && i.State != ImageState.Deleted)
            .Select(i => new KnownFile(i.Id, i.Sha256, i.State))
            .ToListAsync(cancellationToken);

    private static readonly Expression<Func<Image, ImageProgress>> ToProgress = i => new ImageProgress(
        i.Id,
        i.Slug,
        i.Title,
        i.FileName,
        i.SizeBytes,
        i.State,
        i.Stage,
        i.ModerationReason ?? i.FailureReason,
        i.RenditionSet
    );

    private IQueryable<Image> Own(Actor actor) => db.Images.AsNoTracking().Where(i => i.OwnerId == actor.MemberId);
}
