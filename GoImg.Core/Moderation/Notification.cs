using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.Moderation;

/// <summary>What a member is told about a decision on their content or account, or about what GoImg itself found out.</summary>
public sealed class Notification
{
    private Notification() { }

    public NotificationId Id { get; private set; }

    public MemberId MemberId { get; private set; }

    /// <summary>Null when nobody decided anything.</summary>
    public DecisionId? DecisionId { get; private set; }

    /// <summary>What it is about when there is no decision.</summary>
    public ImageId? ImageId { get; private set; }

    public string Text { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? ReadAt { get; private set; }

    public static Notification Of(Decision decision, string text, DateTimeOffset now) =>
        new()
        {
            Id = NotificationId.New(),
            MemberId = decision.MemberId,
            DecisionId = decision.Id,
            Text = text,
            At = now,
        };

    public static Notification About(ImageId image, MemberId member, string text, DateTimeOffset now) =>
        new()
        {
            Id = NotificationId.New(),
            MemberId = member,
            ImageId = image,
            Text = text,
            At = now,
        };
}
