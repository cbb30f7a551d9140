using System.Resources;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Web.Images;

namespace GoImg.Web.Moderation;

/// <summary>How moderation's words read on pages.</summary>
internal static class ModerationLabels
{
    public static IEnumerable<(ReportReason Reason, string Label, string Hint)> Reasons =>
        Enum.GetValues<ReportReason>().Select(reason => (reason, Of(reason), Text($"Reason{reason}Hint")));

    public static string Of(ReportReason reason) => Text($"Reason{reason}");

    /// <summary>What was done, as a sentence without its end.</summary>
    public static string Done(ModerationSubjectKind kind, DecisionAction action) =>
        (action, kind) switch
        {
            (DecisionAction.Dismiss, _) => ModerationTexts.ReportsDismissed,
            (DecisionAction.Warn, ModerationSubjectKind.Comment) => ModerationTexts.AuthorWarned,
            (DecisionAction.Warn, ModerationSubjectKind.Member) => ModerationTexts.MemberWarned,
            (DecisionAction.Warn, _) => ModerationTexts.OwnerWarned,
            (DecisionAction.MarkNsfw, _) => ModerationTexts.MarkedSensitive,
            (DecisionAction.Hold, _) => ModerationTexts.HiddenForNow,
            (DecisionAction.Remove, ModerationSubjectKind.Comment) => ModerationTexts.CommentRemoved,
            (DecisionAction.Remove, ModerationSubjectKind.Album) => ModerationTexts.AlbumRemoved,
            (DecisionAction.Remove, _) => ModerationTexts.ImageRemoved,
            (DecisionAction.Suspend, _) => ModerationTexts.AccountSuspended,
            (DecisionAction.Ban, _) => ModerationTexts.AccountBanned,
            _ => ModerationTexts.AccountReopened,
        };

    // Whole sentences for each kind of subject: other languages bend its name.
    public static string ReportThis(ModerationSubjectKind kind) => Text($"ReportThis{kind}");

    public static string OwnSubject(ModerationSubjectKind kind) => Text($"OwnSubject{kind}");

    public static string Unreported(ModerationSubjectKind kind) => Text($"Unreported{kind}");

    public static string MessageTo(ModerationSubjectKind kind) => Text($"MessageTo{kind}");

    public static string SuspendOwnerOf(ModerationSubjectKind kind) => Text($"SuspendOwnerOf{kind}");

    public static string BanOwnerOf(ModerationSubjectKind kind) => Text($"BanOwnerOf{kind}");

    /// <summary>A subject in a line; of what was deleted permanently, what it was.</summary>
    public static string Title(ModerationSubject subject, SubjectPreview? preview) =>
        preview switch
        {
            ImagePreview image => image.Image.Tile.ShownTitle,
            CommentPreview comment => ModerationTexts.CommentBy.With(comment.AuthorName ?? ModerationTexts.ADeletedMember),
            AlbumPreview album => album.Album.Title,
            MemberPreview member => member.ShownName,
            _ => Text($"DeletedSubject{subject.Kind}"),
        };

    /// <summary>Its page; null when it was deleted permanently.</summary>
    public static string? Url(SubjectPreview? preview, IImageUrls urls) =>
        preview switch
        {
            ImagePreview image => urls.Page(image.Image.Tile.Slug),
            CommentPreview comment => $"{urls.Page(comment.Image.Tile.Slug)}#comment-{comment.Id}",
            AlbumPreview album => "/a/" + album.Album.Slug,
            MemberPreview member => "/u/" + member.Username,
            _ => null,
        };

    public static string Of(Role role) => Text($"Role_{role}");

    public static string Of(MemberStatus status) => Text($"Status_{status}");

    public static string Of(ImageState state) => Text($"State_{state}");

    public static string Of(AlbumState state) => Text($"State_{state}");

    public static string Of(Visibility? visibility) => visibility is null ? "" : Text($"Visibility_{visibility}");

    public static string Of(ContentRating? rating) => rating is null ? "" : Text($"Rating_{rating}");

    /// <summary>Staff, as an authorisation attribute spells it.</summary>
    public const string Staff = nameof(Role.Moderator) + "," + nameof(Role.Admin);

    private static string Text(string key) => ModerationTexts.GetResourceString(key) ?? throw new MissingManifestResourceException(key);
}
