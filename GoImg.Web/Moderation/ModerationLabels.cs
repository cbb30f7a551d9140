using GoImg.Core.Accounts;
using GoImg.Core.Moderation;

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
    public static string Done(DecisionAction action) =>
        action switch
        {
            DecisionAction.Dismiss => "Reports dismissed",
            DecisionAction.Warn => "Owner warned",
            DecisionAction.MarkNsfw => "Marked as sensitive",
            DecisionAction.Hold => "Hidden for now",
            DecisionAction.Remove => "Image removed",
            DecisionAction.Suspend => "Account suspended",
            DecisionAction.Ban => "Account banned",
            _ => "Account opened again",
        };

    public static string Of(Role role) => role.ToString();

    public static string Of(MemberStatus status) => status.ToString();

    /// <summary>Staff, as an authorisation attribute spells it.</summary>
    public const string Staff = nameof(Role.Moderator) + "," + nameof(Role.Admin);
}
