using System.ComponentModel.DataAnnotations;
using GoImg.Core.Images;
using GoImg.Core.Moderation;

namespace GoImg.Web.Moderation;

/// <param name="Description">Up to 1,000 characters; needed for <c>other</c>.</param>
public sealed record ReportRequest([property: Required] Guid? ImageId, [property: Required] ReportReason? Reason, string? Description);

public sealed record ReportResponse(Guid Id, Guid ImageId, ReportReason Reason, string Description, CaseStatus Status, DateTimeOffset CreatedAt);

/// <param name="Message">What the owner reads, up to 1,000 characters; a plain sentence when left out.</param>
/// <param name="Note">For staff, up to 2,000 characters.</param>
/// <param name="Until">For <c>suspend</c>: when the account opens again.</param>
public sealed record ResolveRequest([property: Required] DecisionAction? Action, string? Note, string? Message, DateTimeOffset? Until);

public sealed record BanRequest(string? Note, string? Message);

/// <param name="Id">The member's.</param>
/// <param name="Message">Why, as the member is told at signing in.</param>
/// <param name="CreatedAt">When they were banned.</param>
public sealed record BanResponse(Guid Id, string Username, string Message, DateTimeOffset CreatedAt)
{
    public static BanResponse From(BanRow ban) => new(ban.Member.Value, ban.Username, ban.Message, ban.At);
}

/// <summary>All open reports about one image.</summary>
public sealed record CaseResponse(
    Guid Id,
    CaseStatus Status,
    DateTimeOffset OpenedAt,
    int ReportCount,
    string? ClaimedBy,
    DateTimeOffset? ClaimedUntil,
    CaseImageResponse Image,
    CaseOwnerResponse Owner,
    IReadOnlyList<CaseReportResponse> Reports
)
{
    public static CaseResponse From(QueueItem item) =>
        new(
            item.Id.Value,
            item.Status,
            item.OpenedAt,
            item.ReportCount,
            item.ClaimedByName,
            item.ClaimedUntil,
            new(
                item.Image.Tile.Id.Value,
                item.Image.Tile.Slug,
                item.Image.Tile.Title,
                item.Image.Tile.State,
                item.Image.Tile.Visibility,
                item.Image.Tile.Rating
            ),
            new(item.Owner.Id.Value, item.Owner.Username, item.Owner.Images, item.Owner.Reports, item.Owner.Decisions),
            [.. item.Reports.Select(r => new CaseReportResponse(r.Id.Value, r.Reason, r.Words, r.Reporter, r.At, EvidenceResponse.From(r.Evidence)))]
        );
}

public sealed record CaseImageResponse(Guid Id, string Slug, string Title, ImageState State, Visibility Visibility, ContentRating Rating);

public sealed record CaseOwnerResponse(Guid Id, string Username, int Images, int Reports, int Decisions);

public sealed record CaseReportResponse(
    Guid Id,
    ReportReason Reason,
    string Description,
    string Reporter,
    DateTimeOffset CreatedAt,
    EvidenceResponse Evidence
);

/// <summary>The image as it was when reported.</summary>
public sealed record EvidenceResponse(
    string Title,
    string Description,
    IReadOnlyList<string> Tags,
    string AltText,
    Visibility Visibility,
    ContentRating Rating,
    string OwnerUsername,
    string Sha256,
    long SizeBytes
)
{
    public static EvidenceResponse From(Evidence e) =>
        new(e.Title, e.Description, e.Tags, e.AltText, e.Visibility, e.Rating, e.OwnerUsername, e.Sha256, e.SizeBytes);
}

public sealed record DecisionResponse(
    Guid Id,
    DecisionAction Action,
    Guid? ImageId,
    Guid UserId,
    string Note,
    string Message,
    DateTimeOffset DecidedAt
)
{
    public static DecisionResponse From(Decision decision) =>
        new(
            decision.Id.Value,
            decision.Action,
            decision.ImageId?.Value,
            decision.MemberId.Value,
            decision.Note,
            decision.Message,
            decision.DecidedAt
        );
}

public sealed record PastDecisionResponse(
    Guid Id,
    DecisionAction Action,
    Guid? ImageId,
    Guid UserId,
    string? Moderator,
    string Note,
    string Message,
    DateTimeOffset DecidedAt,
    DateTimeOffset? UndoneAt,
    string? UndoneBy
)
{
    public static PastDecisionResponse From(DecisionRow row) =>
        new(
            row.Id.Value,
            row.Action,
            row.ImageId?.Value,
            row.MemberId.Value,
            row.Moderator,
            row.Note,
            row.Message,
            row.At,
            row.UndoneAt,
            row.UndoneBy
        );
}
