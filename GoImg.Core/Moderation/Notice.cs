using GoImg.Core.Accounts;

namespace GoImg.Core.Moderation;

/// <summary>What a member is told about a decision on their content or account.</summary>
public sealed class Notice
{
    private Notice()
    {
    }

    public NoticeId Id { get; private set; }

    public MemberId MemberId { get; private set; }

    public DecisionId DecisionId { get; private set; }

    public string Text { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? ReadAt { get; private set; }

    public static Notice Of(Decision decision, string text, DateTimeOffset now) =>
        new() { Id = NoticeId.New(), MemberId = decision.MemberId, DecisionId = decision.Id, Text = text, At = now };
}
