using GoImg.Core.Accounts;
using GoImg.Core.Events;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

public enum DecisionAction
{
    /// <summary>Nothing is wrong; the reports are closed and a hold ends.</summary>
    Dismiss,

    /// <summary>The owner is told what is wrong; the image stays.</summary>
    Warn,
    MarkNsfw,

    /// <summary>Hidden from all but owner and staff; the case stays open.</summary>
    Hold,
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

    /// <summary>The image it is about, or that led to it; null for one on an account alone.</summary>
    public ImageId? ImageId { get; private set; }

    /// <summary>The image's owner, or the member it is about.</summary>
    public MemberId MemberId { get; private set; }

    /// <summary>Null for the system.</summary>
    public MemberId? ModeratorId { get; private set; }

    public DecisionAction Action { get; private set; }

    /// <summary>For staff alone.</summary>
    public string Note { get; private set; } = "";

    /// <summary>What the member was told; empty when nothing.</summary>
    public string Message { get; private set; } = "";

    public ImageModerationState? ImageBefore { get; private set; }

    public ImageModerationState? ImageAfter { get; private set; }

    public MemberModerationState? MemberBefore { get; private set; }

    public MemberModerationState? MemberAfter { get; private set; }

    public DateTimeOffset DecidedAt { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public MemberId? UndoneBy { get; private set; }

    public int Version { get; private set; }

    /// <summary>Whether it changes the account; else it changes the image.</summary>
    public bool IsOnAccount => Action is DecisionAction.Suspend or DecisionAction.Ban or DecisionAction.Reinstate;

    public static Decision OnImage(
        Actor actor,
        Image image,
        CaseId? caseId,
        DecisionAction action,
        DecisionText text,
        ImageModerationState before,
        DateTimeOffset now
    )
    {
        var decision = Make(actor, image.OwnerId, action, text, now);
        decision.CaseId = caseId;
        decision.ImageId = image.Id;
        decision.ImageBefore = before;
        decision.ImageAfter = image.ModerationState;
        return decision;
    }

    public static Decision OnMember(
        Actor actor,
        Member member,
        DecisionAction action,
        DecisionText text,
        MemberModerationState before,
        DateTimeOffset now
    )
    {
        var decision = Make(actor, member.Id, action, text, now);
        decision.MemberBefore = before;
        decision.MemberAfter = member.ModerationState;
        return decision;
    }

    /// <summary>Notes the image that led to a decision on its owner.</summary>
    public Decision Because(ImageId image, CaseId? caseId)
    {
        ImageId = image;
        CaseId = caseId;
        return this;
    }

    /// <summary>Whether <paramref name="later"/> changed something that this one changed too, so that it has to be undone first.</summary>
    public bool IsOverlaidBy(Decision later) =>
        IsOnAccount
            ? later.IsOnAccount
            : !later.IsOnAccount
                && ImageBefore is { } before
                && ImageAfter is { } after
                && later is { ImageBefore: { } laterBefore, ImageAfter: { } laterAfter }
                && (
                    (before.State != after.State && laterBefore.State != laterAfter.State)
                    || (before.Rating != after.Rating && laterBefore.Rating != laterAfter.Rating)
                    || (before.ModerationReason != after.ModerationReason && laterBefore.ModerationReason != laterAfter.ModerationReason)
                );

    public void Undo(Actor actor, DateTimeOffset now)
    {
        UndoneAt = now;
        UndoneBy = actor.MemberId;
        Record(new DecisionUndone(Id, MemberId));
    }

    private static Decision Make(Actor actor, MemberId member, DecisionAction action, DecisionText text, DateTimeOffset now)
    {
        var decision = new Decision
        {
            Id = Moderation.DecisionId.New(),
            MemberId = member,
            ModeratorId = actor.MemberId,
            Action = action,
            Note = text.Note,
            Message = text.Message,
            DecidedAt = now,
        };
        decision.Record(new DecisionMade(decision.Id, member));
        return decision;
    }
}

/// <summary>Why, for staff, and what the member gets to read. An empty message becomes a plain sentence: a member is always told.</summary>
public sealed record DecisionText
{
    private DecisionText() { }

    public required string Note { get; init; }

    public required string Message { get; init; }

    public static Result<DecisionText> Create(DecisionAction action, string? note, string? message)
    {
        var text = new DecisionText { Note = Text.Paragraphs(note), Message = Text.Paragraphs(message) };
        var fields = new List<FieldError>();
        if (Text.Length(text.Note) > Decision.MaxNote)
            fields.Add(new("note", $"The note has {Text.Length(text.Note)} characters; the limit is {Decision.MaxNote}."));
        if (Text.Length(text.Message) > Decision.MaxMessage)
            fields.Add(new("message", $"The message has {Text.Length(text.Message)} characters; the limit is {Decision.MaxMessage}."));
        if (fields.Count > 0)
            return new ValidationFailed(fields);
        return text.Message.Length > 0 ? text : text with { Message = Usual(action) };
    }

    private static string Usual(DecisionAction action) =>
        action switch
        {
            DecisionAction.Warn => "This image comes close to breaking the rules of this gallery. Please read them before you upload more like it.",
            DecisionAction.MarkNsfw => "This image is not for every eye, so it is now covered until a visitor asks to see it.",
            DecisionAction.Hold => "This image is hidden until a moderator has looked at it.",
            DecisionAction.Remove => "This image breaks the rules of this gallery.",
            DecisionAction.Suspend => "Your account broke the rules of this gallery and is suspended for a while.",
            DecisionAction.Ban => "Your account broke the rules of this gallery and was closed by the moderators.",
            DecisionAction.Reinstate => "Your account is open again.",
            _ => "",
        };
}
