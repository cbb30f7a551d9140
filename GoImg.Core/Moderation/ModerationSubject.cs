using System.Diagnostics.CodeAnalysis;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Social;

namespace GoImg.Core.Moderation;

/// <summary>What can be reported and decided on.</summary>
public enum ModerationSubjectKind
{
    Image,
    Comment,
    Album,
    Member,
}

/// <summary>One thing that was reported or is decided on. It may be deleted permanently while a case about it goes on.</summary>
public readonly record struct ModerationSubject(ModerationSubjectKind Kind, Guid Id)
{
    /// <summary>Null for another kind.</summary>
    public ImageId? ImageId => Kind == ModerationSubjectKind.Image ? new ImageId(Id) : null;

    /// <inheritdoc cref="ImageId"/>
    public CommentId? CommentId => Kind == ModerationSubjectKind.Comment ? new CommentId(Id) : null;

    /// <inheritdoc cref="ImageId"/>
    public AlbumId? AlbumId => Kind == ModerationSubjectKind.Album ? new AlbumId(Id) : null;

    /// <inheritdoc cref="ImageId"/>
    public MemberId? MemberId => Kind == ModerationSubjectKind.Member ? new MemberId(Id) : null;

    /// <summary>Its kind inside a sentence.</summary>
    public string What => Name(Kind);

    public static ModerationSubject Of(ImageId image) => new(ModerationSubjectKind.Image, image.Value);

    public static ModerationSubject Of(CommentId comment) => new(ModerationSubjectKind.Comment, comment.Value);

    public static ModerationSubject Of(AlbumId album) => new(ModerationSubjectKind.Album, album.Value);

    public static ModerationSubject Of(MemberId member) => new(ModerationSubjectKind.Member, member.Value);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ModerationSubject subject)
    {
        subject = default;
        if (text?.Split(':') is not [var name, var value] || !Guid.TryParse(value, out var id))
            return false;
        foreach (var kind in Enum.GetValues<ModerationSubjectKind>())
        {
            if (Name(kind) != name)
                continue;
            subject = new(kind, id);
            return true;
        }

        return false;
    }

    public AuditSubject AsAuditSubject() => new(What, Id.ToString());

    /// <summary><c>comment:0194d2a0-…</c>, for addresses and forms.</summary>
    public override string ToString() => $"{What}:{Id}";

    private static string Name(ModerationSubjectKind kind) => kind.ToString().ToLowerInvariant();
}
