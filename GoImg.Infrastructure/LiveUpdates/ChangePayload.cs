using GoImg.Core.Accounts;
using GoImg.Core.LiveUpdates;

namespace GoImg.Infrastructure.LiveUpdates;

/// <summary>How an update is written in a signal: a member, a thing of theirs, its kind.</summary>
internal static class ChangePayload
{
    /// <summary>Kind of an update that tells of the member's account itself.</summary>
    public const string OfMember = "member";

    private const int Id = 32;

    public static string Of(LiveUpdate update) => $"{update.MemberId.Value:n}{update.Id:n}{update.Kind}";

    /// <summary>Null for what is none.</summary>
    public static LiveUpdate? Read(string? payload) =>
        payload is { Length: > 2 * Id }
        && Guid.TryParseExact(payload.AsSpan(0, Id), "N", out var member)
        && Guid.TryParseExact(payload.AsSpan(Id, Id), "N", out var id)
            ? new(new MemberId(member), payload[(2 * Id)..], id)
            : null;
}
