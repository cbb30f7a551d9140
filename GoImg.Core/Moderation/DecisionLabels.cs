using GoImg.Core.Audit;

namespace GoImg.Core.Moderation;

/// <summary>What decisions that are no sanction are called in the audit log.</summary>
internal static class DecisionLabels
{
    public static string ActionName(ModerationSubjectKind kind, DecisionAction action) =>
        (kind, action) switch
        {
            (ModerationSubjectKind.Image, DecisionAction.Dismiss) => AuditAction.ReportsDismissed,
            (ModerationSubjectKind.Image, DecisionAction.Warn) => AuditAction.Warned,
            (ModerationSubjectKind.Image, DecisionAction.MarkNsfw) => AuditAction.MarkedNsfw,
            (ModerationSubjectKind.Image, DecisionAction.Hold) => AuditAction.Held,
            (ModerationSubjectKind.Image, DecisionAction.Remove) => AuditAction.Removed,
            (ModerationSubjectKind.Comment, DecisionAction.Dismiss) => AuditAction.CommentReportsDismissed,
            (ModerationSubjectKind.Comment, DecisionAction.Warn) => AuditAction.CommentWarned,
            (ModerationSubjectKind.Comment, DecisionAction.Remove) => AuditAction.CommentRemoved,
            (ModerationSubjectKind.Album, DecisionAction.Dismiss) => AuditAction.AlbumReportsDismissed,
            (ModerationSubjectKind.Album, DecisionAction.Warn) => AuditAction.AlbumWarned,
            (ModerationSubjectKind.Album, DecisionAction.Hold) => AuditAction.AlbumHeld,
            (ModerationSubjectKind.Album, DecisionAction.Remove) => AuditAction.AlbumRemoved,
            (ModerationSubjectKind.Member, DecisionAction.Dismiss) => AuditAction.AccountReportsDismissed,
            (ModerationSubjectKind.Member, DecisionAction.Warn) => AuditAction.AccountWarned,
            _ => throw new ArgumentOutOfRangeException(nameof(action)),
        };
}
