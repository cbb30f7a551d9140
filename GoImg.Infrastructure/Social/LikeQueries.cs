using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Social;

internal sealed class LikeQueries(GoImgDbContext db) : ILikeQueries
{
    public async Task<Page<ImageTile>> ByMemberAsync(MemberId member, PageRequest page, CancellationToken cancellationToken)
    {
        var liked = db.Set<Like>()
            .AsNoTracking()
            .Where(l => l.MemberId == member)
            .Join(db.Images.Where(ImageAccess.Listed()), l => l.ImageId, i => i.Id, (l, i) => new { l.CreatedAt, Image = i });

        var rows = await liked
            .NewestFirst(l => l.CreatedAt, l => l.Image.Id, page.After, id => new ImageId(id))
            .Skip(page.Skip)
            .Take(page.Take + 1)
            .Select(l => l.Image)
            .Select(ImageTiles.From(db, withReason: false))
            .ToListAsync(cancellationToken);
        if (rows.Count <= page.Take)
            return await new Page<ImageTile>(rows, null).CountedAsync(liked, page, cancellationToken);

        var last = rows[page.Take - 1].Id;
        var at = await db.Set<Like>().Where(l => l.MemberId == member && l.ImageId == last).Select(l => l.CreatedAt).SingleAsync(cancellationToken);
        return await new Page<ImageTile>(rows[..page.Take], new Cursor(at, last.Value)).CountedAsync(liked, page, cancellationToken);
    }

    public async Task<Page<LikeView>> ByImageAsync(Actor actor, ImageId image, PageRequest page, CancellationToken cancellationToken)
    {
        var likes = db.Set<Like>()
            .AsNoTracking()
            .Where(l => l.ImageId == image && db.Images.Where(ImageAccess.Openable(actor)).Any(i => i.Id == l.ImageId))
            .Join(db.Members.Where(m => m.Status == MemberStatus.Active), l => l.MemberId, m => m.Id, (l, m) => new { l.CreatedAt, Member = m });

        var rows = await likes
            .NewestFirst(l => l.CreatedAt, l => l.Member.Id, page.After, id => new MemberId(id))
            .Skip(page.Skip)
            .Take(page.Take + 1)
            .Select(l => new
            {
                l.CreatedAt,
                l.Member.Id,
                l.Member.Username,
                l.Member.DisplayName,
            })
            .ToListAsync(cancellationToken);
        var views = rows.Select(l => new LikeView(l.Id, l.Username.Value, l.DisplayName.Length > 0 ? l.DisplayName : l.Username.Value, l.CreatedAt));
        return await Page<LikeView>
            .Cut([.. views], page.Take, l => new Cursor(l.LikedAt, l.MemberId.Value))
            .CountedAsync(likes, page, cancellationToken);
    }
}
