using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Audit;

/// <summary>One line of the log, without names: an account that is erased leaves its id alone.</summary>
public sealed class AuditEntry
{
    public const int MaxText = 2000;
    public const int MaxSubjectId = 255;

    private AuditEntry() { }

    public Guid Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Null for the system and for visitors.</summary>
    public MemberId? ActorId { get; private set; }

    public bool BySystem { get; private set; }

    public string? Address { get; private set; }

    public string Action { get; private set; } = "";

    public string SubjectKind { get; private set; } = "";

    public string SubjectId { get; private set; } = "";

    public string? Before { get; private set; }

    public string? After { get; private set; }

    public static AuditEntry Write(Actor actor, string action, AuditSubject subject, string? before, string? after, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            ActorId = actor.MemberId,
            BySystem = actor.IsSystem,
            Address = actor.Address,
            Action = action,
            SubjectKind = subject.Kind,
            SubjectId = OneLine(subject.Id, MaxSubjectId) ?? "",
            Before = OneLine(before, MaxText),
            After = OneLine(after, MaxText),
        };

    // A line break or an escape sequence in a name must not forge a second line where the log is exported or read in a terminal.
    private static string? OneLine(string? text, int max) =>
        text is null ? null
        : Text.Line(text) is var line && line.Length <= max ? line
        : string.Concat(Text.Line(text).AsSpan(0, max - 1), "…");
}
