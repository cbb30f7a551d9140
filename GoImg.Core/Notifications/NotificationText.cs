using System.Globalization;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;

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
            NotificationKind.DecisionUndone when Has(NotificationData.Comment) => NotificationTexts.CommentUndone.With(Get(NotificationData.Comment)),
            NotificationKind.DecisionUndone when Has(NotificationData.Title) && IsAbout(ModerationSubjectKind.Album) =>
                NotificationTexts.AlbumUndone.With(Get(NotificationData.Title)),
            NotificationKind.DecisionUndone when Has(NotificationData.Title) => NotificationTexts.ImageUndone.With(Get(NotificationData.Title)),
            NotificationKind.DecisionUndone when Action() == DecisionAction.Reinstate => NotificationTexts.ReinstateUndone,
            NotificationKind.DecisionUndone => NotificationTexts.AccountUndone,
            NotificationKind.ImageQuarantined => NotificationTexts.ImageQuarantined.With(
                Get(NotificationData.Title),
                new ImageErrors.Infected(Get(NotificationData.Malware)).Message
            ),
            NotificationKind.StaffImageQuarantined => NotificationTexts.StaffImageQuarantined.With(
                Get(NotificationData.Malware),
                Get(NotificationData.Title),
                Get(NotificationData.Owner)
            ),
            NotificationKind.StaffOriginalDamaged => NotificationTexts.StaffOriginalDamaged.With(
                Get(NotificationData.Title),
                Get(NotificationData.Owner)
            ),
            _ => "",
        };

        string OnImage()
        {
            var (title, message) = (Get(NotificationData.Title), Get(NotificationData.Message));
            var sentence = Action() switch
            {
                DecisionAction.Dismiss when Has(NotificationData.WasHidden) => NotificationTexts.ImageVisible.With(title),
                DecisionAction.MarkNsfw => NotificationTexts.ImageMarked.With(title),
                DecisionAction.Hold => NotificationTexts.ImageHeld.With(title),
                DecisionAction.Remove => NotificationTexts.ImageRemoved.With(title),
                _ => NotificationTexts.AboutImage.With(title),
            };
            return $"{sentence} {message}".TrimEnd();
        }

        string OnComment()
        {
            var (words, message) = (Get(NotificationData.Comment), Get(NotificationData.Message));
            return Action() == DecisionAction.Remove
                ? NotificationTexts.CommentRemoved.With(words, message).TrimEnd()
                : NotificationTexts.AboutComment.With(words, message).TrimEnd();
        }

        string OnAlbum()
        {
            var (title, message) = (Get(NotificationData.Title), Get(NotificationData.Message));
            var sentence = Action() switch
            {
                DecisionAction.Dismiss when Has(NotificationData.WasHidden) => NotificationTexts.AlbumVisible.With(title),
                DecisionAction.Hold => NotificationTexts.AlbumHeld.With(title),
                DecisionAction.Remove => NotificationTexts.AlbumRemoved.With(title),
                _ => NotificationTexts.AboutAlbum.With(title),
            };
            return $"{sentence} {message}".TrimEnd();
        }

        string OnAccount() =>
            Has(NotificationData.Until)
            && DateTimeOffset.TryParse(Get(NotificationData.Until), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
                ? NotificationTexts.OpensAgain.With(Get(NotificationData.Message), until)
                : Get(NotificationData.Message);

        DecisionAction? Action() => Enum.TryParse<DecisionAction>(Get(NotificationData.Action), out var action) ? action : null;

        bool IsAbout(ModerationSubjectKind kind) => Get(NotificationData.Subject) == kind.ToString();

        bool Has(string name) => data.ContainsKey(name);

        string Get(string name) => data.GetValueOrDefault(name, "");
    }
}
