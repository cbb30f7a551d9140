using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

public static class ModerationErrors
{
    public sealed record AlreadyReported()
        : Error(ErrorKind.Conflict, "report.repeated", "You reported this image already. A moderator will look at it; one report is enough.");

    public sealed record OwnImage()
        : Error(ErrorKind.Conflict, "report.own_image", "This image is yours. Edit or delete it on its page instead of reporting it.");

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
        : Error(ErrorKind.Forbidden, "moderation.oneself", "Nobody decides about their own images or account. Leave this one to another moderator.");

    public sealed record OnlyAdmins() : Error(ErrorKind.Forbidden, "moderation.only_admins", "Only an admin can do this. Leave a note for one.");

    public sealed record StaffAccount()
        : Error(
            ErrorKind.Forbidden,
            "moderation.staff_account",
            "This is the account of a moderator or an admin. Only an admin can suspend or ban it."
        );

    public sealed record LastAdmin()
        : Error(
            ErrorKind.Conflict,
            "moderation.last_admin",
            "This is the last admin; without one no one could run this gallery. Make somebody else an admin first."
        );

    public sealed record NothingToDismiss() : Error(ErrorKind.Conflict, "moderation.nothing_to_dismiss", "There is no open report about this image.");

    public sealed record NotVisible()
        : Error(ErrorKind.Conflict, "moderation.not_visible", "Only an image that others can see can be hidden. This one is not.");

    public sealed record AlreadySo(string How) : Error(ErrorKind.Conflict, "moderation.already_so", $"Nothing to do: {How}.");

    public sealed record AlreadyUndone() : Error(ErrorKind.Conflict, "moderation.already_undone", "This decision was undone already.");

    public sealed record LaterDecision()
        : Error(ErrorKind.Conflict, "moderation.later_decision", "There is a later decision about the same. Undo that one first.");

    public sealed record ImageGone()
        : Error(ErrorKind.Conflict, "moderation.image_gone", "The image was deleted permanently meanwhile, so there is nothing to bring back.");
}
