using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Social;

namespace GoImg.Core.Moderation.Subjects;

/// <summary>Loads subjects to change, whatever their kind.</summary>
public sealed class ModerationSubjects(IImages images, IComments comments, IAlbums albums, IMembers members, ModerationAccess access)
{
    /// <summary>Null when it is gone permanently, or never was.</summary>
    public async Task<ModeratedSubject?> FindAsync(ModerationSubject subject, CancellationToken cancellationToken) =>
        subject.Kind switch
        {
            ModerationSubjectKind.Image => await images.FindAsync(new ImageId(subject.Id), cancellationToken) is { } image
                ? new ModeratedImage(image)
                : null,
            ModerationSubjectKind.Comment => await comments.FindAsync(new CommentId(subject.Id), cancellationToken) is { } comment
                ? new ModeratedComment(comment, comments)
                : null,
            ModerationSubjectKind.Album => await albums.FindAsync(new AlbumId(subject.Id), cancellationToken) is { } album
                ? new ModeratedAlbum(album)
                : null,
            _ => await members.FindAsync(new MemberId(subject.Id), cancellationToken) is { } member ? new ModeratedMember(member, access) : null,
        };

    /// <summary>What stands in the place of one that is gone.</summary>
    public async Task<ModeratedSubject> WithoutAsync(ModerationSubject gone, MemberId? owner, CancellationToken cancellationToken) =>
        new DeletedSubject(gone, owner is { } id ? await members.FindAsync(id, cancellationToken) : null);
}
