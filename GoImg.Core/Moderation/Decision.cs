using GoImg.Core.Accounts;
using GoImg.Core.Events;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

public enum DecisionAction
{
    /// <summary>Nothing is wrong; the reports are closed and a hold ends.</summary>
    Dismiss,

    /// <summary>The owner is told what is wrong; the subject stays.</summary>
    Warn,

    /// <summary>Images alone.</summary>
    MarkNsfw,

    /// <summary>Hidden from all but owner and staff; the case stays open. Images and albums.</summary>
    Hold,

    /// <summary>Gone for everyone else, and kept for an undo. All but members.</summary>
    Remove,

    /// <summary>The owner's account, until a time.</summary>
    Suspend,

    /// <summary>The owner's account, permanently.</summary>
    Ban,

    /// <summary>Ends a suspension or a ban.</summary>
    Reinstate,
}

/// <summary>What a moderator decided, why, what the member was told, and what was before, so that it can be undone.</summary>
public sealed class Decision : Aggregate
{
    public const int MaxNote = 2000;
    public const int MaxMessage = 1000;

    private Decision() { }

    public DecisionId Id { get; private set; }

    /// <summary>The case it closed or held; null when no one had reported.</summary>
    public CaseId? CaseId { get; private set; }

    public ModerationSubjectKind SubjectKind { get; private set; }

    public Guid SubjectId { get; private set; }

    /// <summary>What it is about, or what led to a sanction; the member for one on an account alone. It may be deleted by now.</summary>
    public ModerationSubject Subject => new(SubjectKind, SubjectId);

    /// <summary>Whose the subject is, or the member it is about; null for a comment whose author's account was erased before.</summary>
    public MemberId? MemberId { get; private set; }

    /// <summary>Null for the system.</summary>
    public MemberId? ModeratorId { get; private set; }

    public DecisionAction Action { get; private set; }

    /// <summary>For staff alone.</summary>
    public string Note { get; private set; } = "";

    /// <summary>What the member was told; empty when nothing.</summary>
    public string Message { get; private set; } = "";

    public SubjectState Before { get; private set; } = null!;

    public SubjectState After { get; private set; } = null!;

    public DateTimeOffset DecidedAt { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public MemberId? UndoneBy { get; private set; }

    public int Version { get; private set; }

    /// <summary>Whether it changes the account; else it changes the subject.</summary>
    public bool IsOnAccount => Action is DecisionAction.Suspend or DecisionAction.Ban or DecisionAction.Reinstate;

    /// <param name="owner">See <see cref="MemberId"/>.</param>
    public static Decision On(
        Actor actor,
        ModerationSubject subject,
        MemberId? owner,
        DecisionAction action,
        DecisionText text,
        SubjectState before,
        SubjectState after,
        DateTimeOffset now
    )
    {
        var decision = new Decision
        {
            Id = Moderation.DecisionId.New(),
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            MemberId = owner,
            ModeratorId = actor.MemberId,
            Action = action,
            Note = text.Note,
            Message = text.Message,
            Before = before,
            After = after,
            DecidedAt = now,
        };
        decision.Record(new DecisionMade(decision.Id, owner));
        return decision;
    }

    /// <summary>Notes the case it was made in and what that is about; for a sanction, what led to it.</summary>
    public void Because(ModerationSubject subject, CaseId? caseId)
    {
        SubjectKind = subject.Kind;
        SubjectId = subject.Id;
        CaseId = caseId;
    }

    /// <summary>Whether <paramref name="later"/> changed something that this one changed too, so that it has to be undone first.</summary>
    public bool IsOverlaidBy(Decision later)
    {
        if (IsOnAccount || later.IsOnAccount)
            return IsOnAccount && later.IsOnAccount;

        return Both(s => s.Image?.State)
            || Both(s => s.Image?.Rating)
            || Both(s => s.Image?.ModerationReason)
            || Both(s => s.Comment)
            || Both(s => s.Album);

        bool Both<T>(Func<SubjectState, T> part) => !Equals(part(Before), part(After)) && !Equals(part(later.Before), part(later.After));
    }

    public void Undo(Actor actor, DateTimeOffset now)
    {
        UndoneAt = now;
        UndoneBy = actor.MemberId;
        Record(new DecisionUndone(Id, MemberId));
    }
}

/// <summary>Why, for staff, and what the member gets to read. An empty message becomes a plain sentence: a member is always told. A ban without a word of
/// either is refused.</summary>
public sealed record DecisionText
{
    private DecisionText() { }

    public required string Note { get; init; }

    public required string Message { get; init; }

    public static Result<DecisionText> Create(ModerationSubjectKind kind, DecisionAction action, string? note, string? message)
    {
        var text = new DecisionText { Note = Text.Paragraphs(note), Message = Text.Paragraphs(message) };
        var fields = new List<FieldError>();
        if (Text.Length(text.Note) > Decision.MaxNote)
            fields.Add(new("note", ModerationErrorTexts.NoteTooLong.With(Text.Length(text.Note), Decision.MaxNote)));
        if (Text.Length(text.Message) > Decision.MaxMessage)
            fields.Add(new("message", ModerationErrorTexts.MessageTooLong.With(Text.Length(text.Message), Decision.MaxMessage)));
        if (action == DecisionAction.Ban && text is { Note.Length: 0, Message.Length: 0 })
            fields.Add(new("message", ModerationErrorTexts.BanNeedsReason));
        if (fields.Count > 0)
            return new ValidationFailed(fields);
        return text.Message.Length > 0 ? text : text with { Message = Usual(kind, action) };
    }

    private static string Usual(ModerationSubjectKind kind, DecisionAction action) =>
        (action, kind) switch
        {
            (DecisionAction.Warn, ModerationSubjectKind.Member) => UsualMessageTexts.WarnMember,
            (DecisionAction.Warn, ModerationSubjectKind.Comment) => UsualMessageTexts.WarnComment,
            (DecisionAction.Warn, ModerationSubjectKind.Album) => UsualMessageTexts.WarnAlbum,
            (DecisionAction.Warn, _) => UsualMessageTexts.WarnImage,
            (DecisionAction.MarkNsfw, _) => UsualMessageTexts.MarkNsfw,
            (DecisionAction.Hold, ModerationSubjectKind.Album) => UsualMessageTexts.HoldAlbum,
            (DecisionAction.Hold, _) => UsualMessageTexts.HoldImage,
            (DecisionAction.Remove, ModerationSubjectKind.Comment) => UsualMessageTexts.RemoveComment,
            (DecisionAction.Remove, ModerationSubjectKind.Album) => UsualMessageTexts.RemoveAlbum,
            (DecisionAction.Remove, _) => UsualMessageTexts.RemoveImage,
            (DecisionAction.Suspend, _) => UsualMessageTexts.Suspend,
            (DecisionAction.Ban, _) => UsualMessageTexts.Ban,
            (DecisionAction.Reinstate, _) => UsualMessageTexts.Reinstate,
            _ => "",
        };
}
