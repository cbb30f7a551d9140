using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Social;
using GoImg.Web.Images;

namespace GoImg.Web.Moderation;

/// <summary>What a report is about, as its reporter sees it.</summary>
/// <param name="By">Whose it is; of a member the username.</param>
/// <param name="Owner">Null when that account is gone.</param>
/// <param name="Url">Where one came from.</param>
/// <param name="Picture">Null when it has none.</param>
internal sealed record ReportTarget(ModerationSubject Subject, string Name, string By, MemberId? Owner, string Url, ImageTile? Picture);

/// <summary>Finds by its address what somebody wants to report; null for hidden and absent alike.</summary>
internal sealed class ReportTargets(
    IImageQueries images,
    ICommentQueries comments,
    IAlbumQueries albums,
    IMembers members,
    StaffViews imageViews,
    AlbumStaffViews albumViews,
    IImageUrls urls
)
{
    public async Task<ReportTarget?> ImageAsync(Actor actor, string slug, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(actor, slug, cancellationToken) is not { } image)
            return null;

        await imageViews.AuditPrivateViewAsync(actor, image, cancellationToken);
        return new(ModerationSubject.Of(image.Tile.Id), image.Tile.ShownTitle, image.Tile.OwnerName, image.OwnerId, urls.Page(slug), image.Tile);
    }

    public async Task<ReportTarget?> CommentAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (
            await comments.FindAsync(actor, new CommentId(id), cancellationToken) is not { } comment
            || await images.FindAsync(actor, comment.ImageId, cancellationToken) is not { } image
        )
            return null;

        await imageViews.AuditPrivateViewAsync(actor, image, cancellationToken);
        return new(
            ModerationSubject.Of(comment.Id),
            comment.Words,
            comment.AuthorName ?? ModerationTexts.ADeletedMember,
            comment.AuthorId,
            $"{urls.Page(image.Tile.Slug)}#comment-{comment.Id}",
            null
        );
    }

    public async Task<ReportTarget?> AlbumAsync(Actor actor, string slug, CancellationToken cancellationToken)
    {
        if (await albums.FindAsync(actor, slug, cancellationToken) is not { } album)
            return null;

        await albumViews.AuditAsync(actor, album, cancellationToken);
        var first = await albums.ImagesAsync(actor, album, null, 1, cancellationToken);
        return new(
            ModerationSubject.Of(album.Id),
            album.Title,
            album.OwnerName,
            album.OwnerId,
            "/a/" + album.Slug,
            first.Items.Count > 0 ? first.Items[0] : null
        );
    }

    public async Task<ReportTarget?> MemberAsync(Actor actor, string username, CancellationToken cancellationToken) =>
        await members.FindByUsernameAsync(username, cancellationToken) is { } member && MemberAccess.CanSee(actor, member)
            ? new(ModerationSubject.Of(member.Id), member.ShownName, member.Username.Value, member.Id, "/u/" + member.Username, null)
            : null;
}
