using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Images;

/// <summary>Which images each list holds, not in any order. Pages of them and steps from one to the next both start here.</summary>
internal sealed class ImageLists(GoImgDbContext db)
{
    public IQueryable<Image> Listed => db.Images.AsNoTracking().Where(ImageAccess.Listed());

    /// <summary>What search finds for this one.</summary>
    public IQueryable<Image> Findable(Actor actor) => db.Images.AsNoTracking().Where(ImageAccess.Findable(actor));

    /// <summary>What a library shows: all but the trash.</summary>
    public IQueryable<Image> Kept(Actor actor) => Own(actor).Where(i => i.State != ImageState.Deleted);

    public IQueryable<Image> Own(Actor actor)
    {
        var me = actor.MemberId ?? throw new InvalidOperationException("Only a signed-in member has a library.");
        return db.Images.AsNoTracking().Where(i => i.OwnerId == me);
    }

    public static IQueryable<Image> Tagged(IQueryable<Image> images, string tag) => images.Where(i => i.Tags.Contains(tag));
}
