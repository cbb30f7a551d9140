using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Web.Audit;

/// <summary>How an entry of the audit log reads.</summary>
internal static class AuditLabels
{
    /// <summary>The words of an action; its code when a newer version wrote it.</summary>
    public static string Of(string action) => AuditTexts.GetResourceString("Action_" + action.Replace('.', '_')) ?? action;

    public static string Who(AuditRow entry) =>
        entry.BySystem
            ? AuditTexts.GoImgItself
            : entry.ActorName ?? (entry.ActorId is null ? AuditTexts.Visitor : AuditTexts.DeletedMember.With(entry.ActorId));

    public static string Subject(AuditRow entry) => PatternOf(entry.SubjectKind).With(entry.SubjectName ?? entry.SubjectId);

    public static string Change(AuditRow entry) =>
        (entry.Before, entry.After) switch
        {
            (null, var after) => after ?? "",
            (var before, null) => before + " →",
            var (before, after) => $"{before} → {after}",
        };

    private static string PatternOf(string kind) =>
        kind switch
        {
            "member" => AuditTexts.SubjectMember,
            "image" => AuditTexts.SubjectImage,
            "album" => AuditTexts.SubjectAlbum,
            "comment" => AuditTexts.SubjectComment,
            "page" => AuditTexts.SubjectPage,
            "job" => AuditTexts.SubjectJob,
            "jobs" => AuditTexts.SubjectJobs,
            "name" => AuditTexts.SubjectName,
            // Written by a version that knows more.
            _ => kind + " {0}",
        };
}
