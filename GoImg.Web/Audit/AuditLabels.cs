using GoImg.Core.Audit;

namespace GoImg.Web.Audit;

/// <summary>How an entry of the audit log reads.</summary>
internal static class AuditLabels
{
    public static string Who(AuditRow entry) =>
        entry.BySystem ? "GoImg itself" : entry.ActorName ?? (entry.ActorId is null ? "a visitor" : $"deleted member {entry.ActorId}");

    public static string Subject(AuditRow entry) => $"{entry.SubjectKind} {entry.SubjectName ?? entry.SubjectId}";

    public static string Change(AuditRow entry) =>
        (entry.Before, entry.After) switch
        {
            (null, var after) => after ?? "",
            (var before, null) => before + " →",
            var (before, after) => $"{before} → {after}",
        };
}
