using GoImg.Core.Audit;
using GoImg.Core.Images;

namespace GoImg.Core.Moderation;

/// <summary>What decisions on images are called, to their owner and in the audit log.</summary>
internal static class DecisionLabels
{
    /// <summary>Null when there is nothing to tell: nothing about the image changed.</summary>
    public static string? ToOwner(DecisionAction action, Image image, string message, bool wasHeld) =>
        action switch
        {
            DecisionAction.Dismiss when wasHeld => $"Your image “{image.ShownTitle}” is visible again. {message}".TrimEnd(),
            DecisionAction.Dismiss => message.Length > 0 ? $"About your image “{image.ShownTitle}”: {message}" : null,
            DecisionAction.MarkNsfw => $"Your image “{image.ShownTitle}” was marked as not safe for work. {message}",
            DecisionAction.Hold => $"Your image “{image.ShownTitle}” is hidden for now. {message}",
            DecisionAction.Remove => $"Your image “{image.ShownTitle}” was removed. {message}",
            _ => $"About your image “{image.ShownTitle}”: {message}",
        };

    public static string Undone(Decision decision, Image? image) =>
        (decision.Action, image) switch
        {
            (_, { } changed) => $"The decision about your image “{changed.ShownTitle}” was taken back; it is as it was before.",
            (DecisionAction.Reinstate, _) => "Your account is closed again: reopening it was taken back.",
            _ => "The decision about your account was taken back. We are sorry for the trouble.",
        };

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
