using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace GoImg.Infrastructure.Images;

/// <summary>Which images each list holds, not in any order. Pages of them and steps from one to the next both start here.</summary>
internal sealed class ImageLists(GoImgDbContext db)
{
    public IQueryable<Image> Listed => db.Images.AsNoTracking().Where(ImageAccess.Listed());

    /// <summary>What a library shows: all but the trash.</summary>
    public IQueryable<Image> Kept(Actor actor) => Own(actor).Where(i => i.State != ImageState.Deleted);

    public IQueryable<Image> Own(Actor actor)
    {
        var me = actor.MemberId ?? throw new InvalidOperationException("Only a signed-in member has a library.");
        return db.Images.AsNoTracking().Where(i => i.OwnerId == me);
    }

    public static IQueryable<Image> Tagged(IQueryable<Image> images, string tag) => images.Where(i => i.Tags.Contains(tag));

    public IQueryable<Image> Matching(IQueryable<Image> images, SearchQuery search)
    {
        foreach (var tag in search.Tags)
            images = Tagged(images, tag);
        if (search.By is { } by)
            images = images.Where(i => i.Owner.UsernameKey == by);
        if (search.Words.Length == 0)
            return images;

        // The member whose name was typed, as an id: two indexable conditions instead of a join under an OR.
        var key = Username.KeyOf(search.Words);
        return images.Where(i =>
            EF.Property<NpgsqlTsVector>(i, "SearchText").Matches(EF.Functions.WebSearchToTsQuery("simple", search.Words))
            || i.OwnerId == db.Members.Where(m => m.UsernameKey == key).Select(m => m.Id).FirstOrDefault()
        );
    }
}
