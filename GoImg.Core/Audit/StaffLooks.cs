using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Audit;

/// <summary>Notes what somebody looked at or was refused: one entry for each thing and look, however often a page, its picture and its list ask for it.</summary>
public sealed class StaffLooks(IAuditLog audit, IAuditMemory memory, IUnitOfWork unitOfWork)
{
    /// <summary>A second look within this time is the same look.</summary>
    public static readonly TimeSpan SameLook = TimeSpan.FromMinutes(10);

    /// <summary>Saves. Answers how many entries it wrote; none for the system and for visitors.</summary>
    /// <param name="looks">What was seen, and in which state; all of one kind.</param>
    public async Task<int> NoteAsync(
        Actor actor,
        string action,
        IReadOnlyCollection<(AuditSubject Subject, string Words)> looks,
        CancellationToken cancellationToken
    )
    {
        if (looks.Count == 0 || actor.MemberId is not { } me)
            return 0;
        var subjects = looks.Select(look => look.Subject).Distinct().ToList();
        var known = await memory.FindRecentAsync(me, action, subjects, SameLook, cancellationToken);
        var fresh = looks.Where(look => !known.Contains(look.Subject)).DistinctBy(look => look.Subject).ToList();
        if (fresh.Count == 0)
            return 0;

        foreach (var (subject, words) in fresh)
            audit.Add(actor, action, subject, null, words);
        return (await unitOfWork.CommitAsync(cancellationToken)).IsSuccess ? fresh.Count : 0;
    }
}
