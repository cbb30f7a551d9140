using GoImg.Core.Accounts;
using GoImg.Core.Moderation;
using GoImg.Web.Images;

namespace GoImg.Web.Moderation;

/// <summary>How moderation's words read on pages.</summary>
internal static class ModerationLabels
{
    public static readonly IReadOnlyList<(ReportReason Reason, string Label, string Hint)> Reasons =
    [
        (ReportReason.Spam, "Spam", "Advertising, or the same again and again."),
        (ReportReason.Inappropriate, "Not appropriate", "Sexual, violent or hateful, or not marked as sensitive."),
        (ReportReason.Copyright, "Copyright", "It is somebody's work and they did not agree."),
        (ReportReason.Harassment, "Harassment", "It attacks or exposes a person."),
        (ReportReason.Other, "Something else", "Say below what is wrong."),
    ];

    public static string Of(ReportReason reason) => Reasons.First(r => r.Reason == reason).Label;

    /// <summary>What was done, as a sentence without its end.</summary>
    public static string Done(ModerationSubjectKind kind, DecisionAction action) =>
        (action, kind) switch
        {
            (DecisionAction.Dismiss, _) => "Reports dismissed",
            (DecisionAction.Warn, ModerationSubjectKind.Comment) => "Author warned",
            (DecisionAction.Warn, ModerationSubjectKind.Member) => "Member warned",
            (DecisionAction.Warn, _) => "Owner warned",
            (DecisionAction.MarkNsfw, _) => "Marked as sensitive",
            (DecisionAction.Hold, _) => "Hidden for now",
            (DecisionAction.Remove, ModerationSubjectKind.Comment) => "Comment removed",
            (DecisionAction.Remove, ModerationSubjectKind.Album) => "Album removed",
            (DecisionAction.Remove, _) => "Image removed",
            (DecisionAction.Suspend, _) => "Account suspended",
            (DecisionAction.Ban, _) => "Account banned",
            _ => "Account opened again",
        };

    /// <summary>Whose a subject is.</summary>
    public static string OwnerOf(ModerationSubjectKind kind) =>
        kind switch
        {
            ModerationSubjectKind.Comment => "author",
            ModerationSubjectKind.Member => "member",
            _ => "owner",
        };

    /// <summary>A subject in a line; of what was deleted permanently, what it was.</summary>
    public static string Title(ModerationSubject subject, SubjectPreview? preview) =>
        preview switch
        {
            ImagePreview image => image.Image.Tile.ShownTitle,
            CommentPreview comment => $"Comment by {comment.AuthorName ?? "a deleted member"}",
            AlbumPreview album => album.Album.Title,
            MemberPreview member => member.ShownName,
            _ => $"Deleted {subject.What}",
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

    public static string Of(Role role) => role.ToString();

    public static string Of(MemberStatus status) => status.ToString();

    /// <summary>Staff, as an authorisation attribute spells it.</summary>
    public const string Staff = nameof(Role.Moderator) + "," + nameof(Role.Admin);
}
