using System.Globalization;
using GoImg.Core.Images;
using GoImg.Core.Moderation;

namespace GoImg.Core.Notifications;

/// <summary>A notification in words.</summary>
public static class NotificationText
{
    /// <summary>Empty for a kind of a later release.</summary>
    public static string Of(string kind, IReadOnlyDictionary<string, string> data, string text)
    {
        return kind switch
        {
            NotificationKind.Text => text,
            NotificationKind.DecisionOnImage => OnImage(),
            NotificationKind.DecisionOnComment => OnComment(),
            NotificationKind.DecisionOnAlbum => OnAlbum(),
            NotificationKind.DecisionOnAccount => OnAccount(),
            NotificationKind.DecisionUndone when Has(NotificationData.Comment) =>
                $"The decision about your comment “{Get(NotificationData.Comment)}” was taken back; it is as it was before.",
            NotificationKind.DecisionUndone when Has(NotificationData.Title) && IsAbout(ModerationSubjectKind.Album) =>
                $"The decision about your album “{Get(NotificationData.Title)}” was taken back; it is as it was before.",
            NotificationKind.DecisionUndone when Has(NotificationData.Title) =>
                $"The decision about your image “{Get(NotificationData.Title)}” was taken back; it is as it was before.",
            NotificationKind.DecisionUndone when Action() == DecisionAction.Reinstate => "Your account is closed again: reopening it was taken back.",
            NotificationKind.DecisionUndone => "The decision about your account was taken back. We are sorry for the trouble.",
            NotificationKind.ImageQuarantined =>
                $"Your image “{Get(NotificationData.Title)}” was quarantined. {new ImageErrors.Infected(Get(NotificationData.Malware)).Message}",
            NotificationKind.StaffImageQuarantined =>
                $"The virus scanner found {Get(NotificationData.Malware)} in the image “{Get(NotificationData.Title)}” of {Get(NotificationData.Owner)}. It is quarantined; no one can open it.",
            NotificationKind.StaffOriginalDamaged =>
                $"The stored file of the image “{Get(NotificationData.Title)}” of {Get(NotificationData.Owner)} is missing or damaged. Restore it from a backup; goimg verify lists all that are.",
            _ => "",
        };

        string OnImage()
        {
            var (title, message) = (Get(NotificationData.Title), Get(NotificationData.Message));
            var sentence = Action() switch
            {
                DecisionAction.Dismiss when Has(NotificationData.WasHidden) => $"Your image “{title}” is visible again.",
                DecisionAction.MarkNsfw => $"Your image “{title}” was marked as not safe for work.",
                DecisionAction.Hold => $"Your image “{title}” is hidden for now.",
                DecisionAction.Remove => $"Your image “{title}” was removed.",
                _ => $"About your image “{title}”:",
            };
            return $"{sentence} {message}".TrimEnd();
        }

        string OnComment()
        {
            var (words, message) = (Get(NotificationData.Comment), Get(NotificationData.Message));
            return Action() == DecisionAction.Remove
                ? $"Your comment “{words}” was removed. {message}".TrimEnd()
                : $"About your comment “{words}”: {message}".TrimEnd();
        }

        string OnAlbum()
        {
            var (title, message) = (Get(NotificationData.Title), Get(NotificationData.Message));
            var sentence = Action() switch
            {
                DecisionAction.Dismiss when Has(NotificationData.WasHidden) => $"Your album “{title}” is visible again.",
                DecisionAction.Hold => $"Your album “{title}” is hidden for now; its images stay as they are.",
                DecisionAction.Remove => $"Your album “{title}” was removed; its images stay as they are.",
                _ => $"About your album “{title}”:",
            };
            return $"{sentence} {message}".TrimEnd();
        }

        string OnAccount() =>
            Has(NotificationData.Until)
            && DateTimeOffset.TryParse(Get(NotificationData.Until), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Get(NotificationData.Message)} It opens again on {until:yyyy-MM-dd} at {until:HH:mm} UTC."
                )
                : Get(NotificationData.Message);

        DecisionAction? Action() => Enum.TryParse<DecisionAction>(Get(NotificationData.Action), out var action) ? action : null;

        bool IsAbout(ModerationSubjectKind kind) => Get(NotificationData.Subject) == kind.ToString();

        bool Has(string name) => data.ContainsKey(name);

        string Get(string name) => data.GetValueOrDefault(name, "");
    }
}
