using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Web.Audit;

/// <summary>How an entry of the audit log reads.</summary>
internal static class AuditLabels
{
    public static string Who(AuditRow entry) =>
        entry.BySystem
            ? AuditTexts.GoImgItself
            : entry.ActorName ?? (entry.ActorId is null ? AuditTexts.Visitor : AuditTexts.DeletedMember.With(entry.ActorId));

    public static string Subject(AuditRow entry) => $"{entry.SubjectKind} {entry.SubjectName ?? entry.SubjectId}";

    public static string Change(AuditRow entry) =>
        (entry.Before, entry.After) switch
        {
            (null, var after) => after ?? "",
            (var before, null) => before + " →",
            var (before, after) => $"{before} → {after}",
        };
}
