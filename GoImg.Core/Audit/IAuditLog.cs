using GoImg.Core.Accounts;

namespace GoImg.Core.Audit;

/// <summary>Who did what to whom. Entries are only ever added; the database refuses to change or remove them.</summary>
public interface IAuditLog
{
    /// <summary>Adds an entry to the current unit of work: it exists exactly if what it tells of does.
    /// Texts become one line of at most <see cref="AuditEntry.MaxText"/> characters. Never pass a password, token or private link.</summary>
    /// <param name="action">One of <see cref="AuditAction"/>.</param>
    /// <param name="before">What was, in a few words; null when there was nothing.</param>
    /// <param name="after">What is now.</param>
    void Add(Actor actor, string action, AuditSubject subject, string? before = null, string? after = null);
}

/// <summary>What was acted on; each feature makes its own. The id of a thing that is gone stays in the log.</summary>
public readonly record struct AuditSubject(string Kind, string Id)
{
    public static AuditSubject Of(MemberId member) => new("member", member.ToString());

    /// <summary>A name somebody tried to sign in with, which need not belong to anyone.</summary>
    public static AuditSubject Name(string name) => new("name", name);
}
