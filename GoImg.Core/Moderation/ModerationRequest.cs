namespace GoImg.Core.Moderation;

/// <summary>What a moderator wants done about a subject.</summary>
public sealed record ModerationRequest(ModerationSubject Subject, DecisionAction Action)
{
    /// <summary>The case the moderator looked at, so that a decision made meanwhile is noticed; null when there was none.</summary>
    public CaseId? Case { get; init; }

    /// <summary>For staff.</summary>
    public string? Note { get; init; }

    /// <summary>For the member; a plain sentence when empty.</summary>
    public string? Message { get; init; }

    /// <summary>For <see cref="DecisionAction.Suspend"/>.</summary>
    public DateTimeOffset? Until { get; init; }
}
