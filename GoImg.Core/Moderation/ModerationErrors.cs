using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

public static class ModerationErrors
{
    public sealed record AlreadyReported()
        : Error(ErrorKind.Conflict, "report.repeated", "You reported this already. A moderator will look at it; one report is enough.");

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
                ModerationSubjectKind.Image => "This image is yours. Edit or delete it on its page instead of reporting it.",
                ModerationSubjectKind.Comment => "This comment is yours. Delete it instead of reporting it.",
                ModerationSubjectKind.Album => "This album is yours. Edit or delete it on its page instead of reporting it.",
                _ => "This is you. No one reports themselves.",
            }
        );

    public sealed record AlreadyDecided(string By, DateTimeOffset At)
        : Error(
            ErrorKind.Conflict,
            "moderation.already_decided",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{By} decided this already, on {At:yyyy-MM-dd} at {At:HH:mm} UTC. Look at the decisions to see what was done."
            )
        );

    public sealed record ClaimedByAnother(string By, DateTimeOffset Until)
        : Error(
            ErrorKind.Conflict,
            "moderation.claimed",
            string.Create(CultureInfo.InvariantCulture, $"{By} is working on this until {Until:HH:mm} UTC. Take the next one, or come back later.")
        );

    public sealed record Oneself()
        : Error(
            ErrorKind.Forbidden,
            "moderation.oneself",
            "Nobody decides about what is their own, or their own account. Leave this one to another moderator."
        );

    public sealed record OnlyAdmins() : Error(ErrorKind.Forbidden, "moderation.only_admins", "Only an admin can do this. Leave a note for one.");

    public sealed record StaffAccount()
        : Error(
            ErrorKind.Forbidden,
            "moderation.staff_account",
            "This is the account of a moderator or an admin. Only an admin can decide about it."
        );

    public sealed record LastAdmin()
        : Error(
            ErrorKind.Conflict,
            "moderation.last_admin",
            "This is the last admin; without one no one could run this gallery. Make somebody else an admin first."
        );

    public sealed record NothingToDismiss() : Error(ErrorKind.Conflict, "moderation.nothing_to_dismiss", "There is no open report about this.");

    public sealed record NotVisible()
        : Error(ErrorKind.Conflict, "moderation.not_visible", "Only an image that others can see can be hidden. This one is not.");

    public sealed record AlreadySo(string How) : Error(ErrorKind.Conflict, "moderation.already_so", $"Nothing to do: {How}.");

    public sealed record AlreadyUndone() : Error(ErrorKind.Conflict, "moderation.already_undone", "This decision was undone already.");

    public sealed record LaterDecision()
        : Error(ErrorKind.Conflict, "moderation.later_decision", "There is a later decision about the same. Undo that one first.");

    /// <summary>Nothing was left of the subject and its owner, so the case closed without a decision.</summary>
    public sealed record CaseClosed()
        : Error(ErrorKind.Conflict, "moderation.case_closed", "This case is closed: what it was about and the account are gone.");

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
            $"The {Subject.ToString().ToLowerInvariant()} was deleted permanently meanwhile, so there is nothing to change."
        );
}
