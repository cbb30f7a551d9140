using GoImg.Core.Accounts;

namespace GoImg.Core.Export;

public readonly record struct ExportId(Guid Value)
{
    public static ExportId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>A member's permission to download everything of theirs for a while. The zip itself is never stored: it is written while it is sent.</summary>
public sealed class AccountExport
{
    /// <summary>How long it can be downloaded, as often as needed: a broken download costs no second export.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private AccountExport() { }

    public ExportId Id { get; private set; }

    public MemberId MemberId { get; private set; }

    public DateTimeOffset RequestedAt { get; private set; }

    public DateTimeOffset ExpiresAt => RequestedAt + Lifetime;

    public static AccountExport Request(MemberId member, DateTimeOffset now) =>
        new()
        {
            Id = ExportId.New(),
            MemberId = member,
            RequestedAt = now,
        };

    public bool IsReady(DateTimeOffset now) => now < ExpiresAt;
}
