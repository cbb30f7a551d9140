using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

public static class ModerationErrors
{
    public sealed record AlreadyReported() : Error(ErrorKind.Conflict, "report.repeated", ModerationErrorTexts.AlreadyReported);

    public sealed record OwnSubject(ModerationSubjectKind Subject)
        : Error(
            ErrorKind.Conflict,
            Subject switch
            {
                ModerationSubjectKind.Image => "report.own_image",
                ModerationSubjectKind.Comment => "report.own_comment",
                ModerationSubjectKind.Album => "report.own_album",
                _ => "report.oneself",
            },
            Subject switch
            {
                ModerationSubjectKind.Image => ModerationErrorTexts.OwnImage,
                ModerationSubjectKind.Comment => ModerationErrorTexts.OwnComment,
                ModerationSubjectKind.Album => ModerationErrorTexts.OwnAlbum,
                _ => ModerationErrorTexts.ReportOfOneself,
            }
        );

    public sealed record AlreadyDecided(string By, DateTimeOffset At)
        : Error(ErrorKind.Conflict, "moderation.already_decided", ModerationErrorTexts.AlreadyDecided.With(By, At));

    public sealed record ClaimedByAnother(string By, DateTimeOffset Until)
        : Error(ErrorKind.Conflict, "moderation.claimed", ModerationErrorTexts.ClaimedByAnother.With(By, Until));

    public sealed record Oneself() : Error(ErrorKind.Forbidden, "moderation.oneself", ModerationErrorTexts.Oneself);

    public sealed record OnlyAdmins() : Error(ErrorKind.Forbidden, "moderation.only_admins", ModerationErrorTexts.OnlyAdmins);

    public sealed record StaffAccount() : Error(ErrorKind.Forbidden, "moderation.staff_account", ModerationErrorTexts.StaffAccount);

    public sealed record LastAdmin() : Error(ErrorKind.Conflict, "moderation.last_admin", ModerationErrorTexts.LastAdmin);

    public sealed record NothingToDismiss() : Error(ErrorKind.Conflict, "moderation.nothing_to_dismiss", ModerationErrorTexts.NothingToDismiss);

    public sealed record NotVisible() : Error(ErrorKind.Conflict, "moderation.not_visible", ModerationErrorTexts.NotVisible);

    public sealed record AlreadySo(string Sentence) : Error(ErrorKind.Conflict, "moderation.already_so", Sentence);

    public sealed record AlreadyUndone() : Error(ErrorKind.Conflict, "moderation.already_undone", ModerationErrorTexts.AlreadyUndone);

    public sealed record LaterDecision() : Error(ErrorKind.Conflict, "moderation.later_decision", ModerationErrorTexts.LaterDecision);

    /// <summary>Nothing was left of the subject and its owner, so the case closed without a decision.</summary>
    public sealed record CaseClosed() : Error(ErrorKind.Conflict, "moderation.case_closed", ModerationErrorTexts.CaseClosed);

    public sealed record SubjectGone(ModerationSubjectKind Subject)
        : Error(
            ErrorKind.Conflict,
            Subject switch
            {
                ModerationSubjectKind.Image => "moderation.image_gone",
                ModerationSubjectKind.Comment => "moderation.comment_gone",
                ModerationSubjectKind.Album => "moderation.album_gone",
                _ => "moderation.member_gone",
            },
            Subject switch
            {
                ModerationSubjectKind.Image => ModerationErrorTexts.ImageGone,
                ModerationSubjectKind.Comment => ModerationErrorTexts.CommentGone,
                ModerationSubjectKind.Album => ModerationErrorTexts.AlbumGone,
                _ => ModerationErrorTexts.MemberGone,
            }
        );
}
