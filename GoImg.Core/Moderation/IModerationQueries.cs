using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>What moderators look at. Staff only: everybody else gets <see cref="NotFound"/>.</summary>
public interface IModerationQueries
{
    /// <summary>Open cases: the most reported first, the oldest of equals first. Pages count from 1. A page costs the same few queries however many cases it has.</summary>
    Task<Result<CaseQueue>> QueueAsync(Actor actor, int page, int perPage, CancellationToken cancellationToken);

    Task<Result<QueueItem>> CaseAsync(Actor actor, CaseId id, CancellationToken cancellationToken);

    /// <summary>A subject, reported or not, with its open case if it has one.</summary>
    Task<Result<SubjectRecord>> AboutAsync(Actor actor, ModerationSubject subject, CancellationToken cancellationToken);

    /// <summary>Newest first, undone ones too; <paramref name="member"/> null is everybody's.</summary>
    Task<Result<Page<DecisionRow>>> DecisionsAsync(Actor actor, MemberId? member, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<Result<Page<MemberRow>>> MembersAsync(Actor actor, MemberFilter filter, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>Who is banned now, the last banned first.</summary>
    Task<Result<Page<BanRow>>> BansAsync(Actor actor, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>Case does not matter.</summary>
    Task<Result<MemberRow>> MemberAsync(Actor actor, string username, CancellationToken cancellationToken);
}

/// <param name="Owner">Null for a comment whose author's account was erased.</param>
/// <param name="Case">The open case; null when there is none.</param>
public sealed record SubjectRecord(ModerationSubject Subject, SubjectPreview Preview, MemberRow? Owner, QueueItem? Case);

/// <param name="Total">Open cases, up to <see cref="MostCounted"/>.</param>
public sealed record CaseQueue(IReadOnlyList<QueueItem> Items, int Total)
{
    public const int MostCounted = 10_000;
}

/// <summary>One case with its subject as it is now, the reports, and what is known of the owner.</summary>
public sealed record QueueItem
{
    public required CaseId Id { get; init; }
    public required CaseStatus Status { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required int ReportCount { get; init; }

    /// <summary>Who works on it now; null when no one does or the claim ran out.</summary>
    public required MemberId? ClaimedBy { get; init; }
    public required string? ClaimedByName { get; init; }
    public required DateTimeOffset? ClaimedUntil { get; init; }
    public required DecisionId? DecisionId { get; init; }
    public required ModerationSubject Subject { get; init; }

    /// <summary>Null when it was deleted permanently meanwhile: then only <see cref="Evidence"/> says what it was.</summary>
    public required SubjectPreview? Preview { get; init; }
    public required IReadOnlyList<ReportRow> Reports { get; init; }

    /// <summary>Null when that account is gone.</summary>
    public required MemberRow? Owner { get; init; }

    /// <summary>The subject as the first report found it.</summary>
    public Evidence? Evidence => Reports.Count > 0 ? Reports[0].Evidence : null;
}

/// <param name="Reporter">The username; null when the account is gone.</param>
public sealed record ReportRow(ReportId Id, ReportReason Reason, string Words, string? Reporter, DateTimeOffset At, Evidence Evidence);

public sealed record DecisionRow
{
    public required DecisionId Id { get; init; }
    public required DecisionAction Action { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null for the system, and for a moderator whose account is gone.</summary>
    public required string? Moderator { get; init; }
    public required MemberId? MemberId { get; init; }
    public required string? Member { get; init; }

    /// <inheritdoc cref="Decision.Subject"/>
    public required ModerationSubject Subject { get; init; }

    /// <summary>Null when it is gone permanently.</summary>
    public required SubjectPreview? Preview { get; init; }
    public required string Note { get; init; }
    public required string Message { get; init; }
    public required DateTimeOffset? UndoneAt { get; init; }
    public required string? UndoneBy { get; init; }
}

/// <param name="Decision">The ban that stands.</param>
/// <param name="Message">Why, as the member was told.</param>
public sealed record BanRow(DecisionId Decision, MemberId Member, string Username, string Message, DateTimeOffset At);

/// <summary>Null and empty mean any. <paramref name="Text"/> is searched in username, display name and email address.</summary>
public sealed record MemberFilter(string? Text = null, MemberStatus? Status = null, Role? Role = null);

/// <summary>A member as staff see one, with their record.</summary>
public sealed record MemberRow
{
    public required MemberId Id { get; init; }
    public required string Username { get; init; }
    public required string DisplayName { get; init; }
    public required string Email { get; init; }
    public required Role Role { get; init; }
    public required MemberStatus Status { get; init; }
    public required DateTimeOffset? SuspendedUntil { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required int Images { get; init; }

    /// <summary>What their originals take, those in the trash included.</summary>
    public required long StorageBytes { get; init; }

    /// <summary>Reports of others about this member and what is theirs.</summary>
    public required int Reports { get; init; }

    /// <summary>Decisions against this member that stand: warnings, removals, suspensions and the like.</summary>
    public required int Decisions { get; init; }
}
