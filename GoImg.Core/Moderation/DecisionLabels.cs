using GoImg.Core.Audit;
using GoImg.Core.Images;

namespace GoImg.Core.Moderation;

/// <summary>What decisions on images are called in the audit log.</summary>
internal static class DecisionLabels
{
    public static string ActionName(DecisionAction action) =>
        action switch
        {
            DecisionAction.Dismiss => AuditAction.ReportsDismissed,
            DecisionAction.Warn => AuditAction.Warned,
            DecisionAction.MarkNsfw => AuditAction.MarkedNsfw,
            DecisionAction.Hold => AuditAction.Held,
            DecisionAction.Remove => AuditAction.Removed,
            _ => throw new ArgumentOutOfRangeException(nameof(action)),
        };

    public static string Describe(ImageModerationState standing) => $"{standing.State}, {standing.Rating}".ToLowerInvariant();
}
