using System.Security.Cryptography;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;

namespace GoImg.Core.Notifications;

/// <summary>Something a member is told: a kind and its data, put into words when it is shown (<see cref="NotificationText"/>).</summary>
public sealed class Notification
{
    private Notification() { }

    public NotificationId Id { get; private set; }

    public MemberId MemberId { get; private set; }

    /// <summary>One of <see cref="NotificationKind"/>.</summary>
    public string Kind { get; private set; } = NotificationKind.Text;

    /// <summary>By the names of <see cref="NotificationData"/>.</summary>
    public IReadOnlyDictionary<string, string> Data { get; private set; } = new Dictionary<string, string>();

    /// <summary>The sentence of a <see cref="NotificationKind.Text"/>, which releases before 0.2 stored; else empty.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Null when no decision led to it.</summary>
    public DecisionId? DecisionId { get; private set; }

    /// <summary>What it is about when there is no decision.</summary>
    public ImageId? ImageId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? ReadAt { get; private set; }

    public static Notification Of(
        NotificationId id,
        MemberId member,
        string kind,
        IReadOnlyDictionary<string, string> data,
        DateTimeOffset at,
        DecisionId? decision = null,
        ImageId? image = null
    ) =>
        new()
        {
            Id = id,
            MemberId = member,
            Kind = kind,
            Data = data,
            DecisionId = decision,
            ImageId = image,
            At = at,
        };
}

public readonly record struct NotificationId(Guid Value)
{
    /// <summary>The same for the same event and member, so that an event that is delivered twice notifies once.</summary>
    public static NotificationId Of(Guid eventId, MemberId member)
    {
        Span<byte> both = stackalloc byte[32];
        eventId.TryWriteBytes(both);
        member.Value.TryWriteBytes(both[16..]);
        return new(new Guid(SHA256.HashData(both).AsSpan(0, 16)));
    }

    public override string ToString() => Value.ToString();
}
