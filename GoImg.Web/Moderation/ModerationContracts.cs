using System.ComponentModel.DataAnnotations;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;

namespace GoImg.Web.Moderation;

/// <summary>About an image, a comment, an album or a member: exactly one of the ids.</summary>
/// <param name="Description">Up to 1,000 characters; needed for <c>other</c>.</param>
public sealed record ReportRequest(
    Guid? ImageId,
    [property: Required] ReportReason? Reason,
    string? Description,
    Guid? CommentId = null,
    Guid? AlbumId = null,
    Guid? UserId = null
)
{
    public Result<ModerationSubject> ToSubject()
    {
        (string Field, ModerationSubjectKind Kind, Guid? Id)[] ids =
        [
            ("image_id", ModerationSubjectKind.Image, ImageId),
            ("comment_id", ModerationSubjectKind.Comment, CommentId),
            ("album_id", ModerationSubjectKind.Album, AlbumId),
            ("user_id", ModerationSubjectKind.Member, UserId),
        ];
        return ids.Where(id => id.Id is not null).ToList() switch
        {
            [] => new ValidationFailed("image_id", ModerationTexts.SubjectNeeded),
            [var only] => new ModerationSubject(only.Kind, only.Id!.Value),
            [_, var second, ..] => new ValidationFailed(second.Field, ModerationTexts.OneSubject),
        };
    }
}

/// <param name="ImageId">Null when it is about something else.</param>
public sealed record ReportResponse(
    Guid Id,
    Guid? ImageId,
    ReportReason Reason,
    string Description,
    CaseStatus Status,
    DateTimeOffset CreatedAt,
    SubjectResponse Subject
)
{
    public static ReportResponse From(Report report) =>
        new(
            report.Id.Value,
            report.Subject.ImageId?.Value,
            report.Reason,
            report.Words,
            CaseStatus.Pending,
            report.CreatedAt,
            SubjectResponse.From(report.Subject)
        );
}

/// <summary>What a report, a case or a decision is about.</summary>
public sealed record SubjectResponse(ModerationSubjectKind Kind, Guid Id)
{
    public static SubjectResponse From(ModerationSubject subject) => new(subject.Kind, subject.Id);
}

/// <param name="Message">What the owner reads, up to 1,000 characters; a plain sentence when left out.</param>
/// <param name="Note">For staff, up to 2,000 characters.</param>
/// <param name="Until">For <c>suspend</c>: when the account opens again.</param>
public sealed record ResolveRequest([property: Required] DecisionAction? Action, string? Note, string? Message, DateTimeOffset? Until);

/// <param name="Note">For staff, up to 2,000 characters. A ban needs a note or a message.</param>
/// <param name="Message">What the member reads, up to 1,000 characters; a plain sentence when left out.</param>
public sealed record BanRequest(string? Note, string? Message);

/// <param name="Id">The member's.</param>
/// <param name="Message">Why, as the member is told at signing in.</param>
/// <param name="CreatedAt">When they were banned.</param>
public sealed record BanResponse(Guid Id, string Username, string Message, DateTimeOffset CreatedAt)
{
    public static BanResponse From(BanRow ban) => new(ban.Member.Value, ban.Username, ban.Message, ban.At);
}

/// <summary>All open reports about one subject.</summary>
/// <param name="Image">The subject as it is now; null for another kind and when it was deleted permanently, as are <c>comment</c>, <c>album</c> and <c>user</c>.</param>
/// <param name="Owner">Null when that account is gone.</param>
public sealed record CaseResponse(
    Guid Id,
    CaseStatus Status,
    DateTimeOffset OpenedAt,
    int ReportCount,
    string? ClaimedBy,
    DateTimeOffset? ClaimedUntil,
    CaseImageResponse? Image,
    CaseOwnerResponse? Owner,
    IReadOnlyList<CaseReportResponse> Reports,
    SubjectResponse Subject,
    CaseCommentResponse? Comment,
    CaseAlbumResponse? Album,
    CaseUserResponse? User
)
{
    public static CaseResponse From(QueueItem item) =>
        new(
            item.Id.Value,
            item.Status,
            item.OpenedAt,
            item.ReportCount,
            item.ClaimedByName,
            item.ClaimedUntil,
            item.Preview is ImagePreview { Image.Tile: { } image }
                ? new(image.Id.Value, image.Slug, image.Title, image.State, image.Visibility, image.Rating)
                : null,
            item.Owner is { } owner ? new(owner.Id.Value, owner.Username, owner.Images, owner.Reports, owner.Decisions) : null,
            [
                .. item.Reports.Select(r => new CaseReportResponse(
                    r.Id.Value,
                    r.Reason,
                    r.Words,
                    r.Reporter ?? ModerationTexts.DeletedMember,
                    r.At,
                    EvidenceResponse.From(r.Evidence)
                )),
            ],
            SubjectResponse.From(item.Subject),
            item.Preview is CommentPreview comment
                ? new(comment.Id.Value, comment.Image.Tile.Id.Value, comment.Words, comment.CreatedAt, comment.IsDeleted, comment.IsRemoved)
                : null,
            item.Preview is AlbumPreview { Album: { } album } ? new(album.Id.Value, album.Slug, album.Title, album.State, album.Visibility) : null,
            item.Preview is MemberPreview user ? new(user.Id.Value, user.Username, user.ShownName, user.Bio) : null
        );
}

/// <param name="Deleted">By its author or the image's owner.</param>
/// <param name="Removed">By a moderator.</param>
public sealed record CaseCommentResponse(Guid Id, Guid ImageId, string Text, DateTimeOffset CreatedAt, bool Deleted, bool Removed);

public sealed record CaseAlbumResponse(Guid Id, string Slug, string Title, AlbumState State, Visibility Visibility);

public sealed record CaseUserResponse(Guid Id, string Username, string DisplayName, string Bio);

public sealed record CaseImageResponse(Guid Id, string Slug, string Title, ImageState State, Visibility Visibility, ContentRating Rating);

public sealed record CaseOwnerResponse(Guid Id, string Username, int Images, int Reports, int Decisions);

public sealed record CaseReportResponse(
    Guid Id,
    ReportReason Reason,
    string Description,
    string Reporter,
    DateTimeOffset CreatedAt,
    EvidenceResponse Evidence
);

/// <summary>The subject as it was when reported. Of a comment, title, visibility and rating are those of the image it stood under;
/// of a member, the title is the display name and the description the bio.</summary>
/// <param name="Sha256">Of an image; null for all else, as <c>size_bytes</c>.</param>
/// <param name="Comment">What a comment said; null for all else.</param>
public sealed record EvidenceResponse(
    string Title,
    string Description,
    IReadOnlyList<string> Tags,
    string AltText,
    Visibility? Visibility,
    ContentRating? Rating,
    string OwnerUsername,
    string? Sha256,
    long? SizeBytes,
    string? Comment
)
{
    public static EvidenceResponse From(Evidence e) =>
        new(e.Title, e.Description, e.Tags, e.AltText, e.Visibility, e.Rating, e.OwnerUsername, e.Sha256, e.SizeBytes, e.Comment);
}

/// <param name="ImageId">The image it is about, or that led to it; null when it is about something else.</param>
/// <param name="UserId">Null for a comment whose author's account was erased before.</param>
public sealed record DecisionResponse(
    Guid Id,
    DecisionAction Action,
    Guid? ImageId,
    Guid? UserId,
    string Note,
    string Message,
    DateTimeOffset DecidedAt,
    SubjectResponse Subject
)
{
    public static DecisionResponse From(Decision decision) =>
        new(
            decision.Id.Value,
            decision.Action,
            decision.Subject.ImageId?.Value,
            decision.MemberId?.Value,
            decision.Note,
            decision.Message,
            decision.DecidedAt,
            SubjectResponse.From(decision.Subject)
        );
}

/// <inheritdoc cref="DecisionResponse"/>
public sealed record PastDecisionResponse(
    Guid Id,
    DecisionAction Action,
    Guid? ImageId,
    Guid? UserId,
    string? Moderator,
    string Note,
    string Message,
    DateTimeOffset DecidedAt,
    DateTimeOffset? UndoneAt,
    string? UndoneBy,
    SubjectResponse Subject
)
{
    public static PastDecisionResponse From(DecisionRow row) =>
        new(
            row.Id.Value,
            row.Action,
            row.Subject.ImageId?.Value,
            row.MemberId?.Value,
            row.Moderator,
            row.Note,
            row.Message,
            row.At,
            row.UndoneAt,
            row.UndoneBy,
            SubjectResponse.From(row.Subject)
        );
}
