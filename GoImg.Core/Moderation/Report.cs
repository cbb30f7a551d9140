using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

public enum ReportReason
{
    Spam,
    Inappropriate,
    Copyright,
    Harassment,

    /// <summary>Needs words.</summary>
    Other,
}

/// <summary>One member's complaint about one subject, with the evidence as it was then.</summary>
public sealed class Report
{
    public const int MaxWords = 1000;

    private Report() { }

    public ReportId Id { get; private set; }

    public CaseId CaseId { get; private set; }

    public ModerationSubjectKind SubjectKind { get; private set; }

    public Guid SubjectId { get; private set; }

    public ModerationSubject Subject => new(SubjectKind, SubjectId);

    public MemberId ReporterId { get; private set; }

    public ReportReason Reason { get; private set; }

    /// <summary>Empty when the reason says it all.</summary>
    public string Words { get; private set; } = "";

    public Evidence Evidence { get; private set; } = null!;

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The words as they will be kept, or what is wrong with them.</summary>
    public static Result<string> CheckWords(ReportReason reason, string? words)
    {
        var clean = Text.Paragraphs(words);
        if (reason == ReportReason.Other && clean.Length == 0)
            return new ValidationFailed("description", ModerationErrorTexts.OtherNeedsWords);
        if (Text.Length(clean) > MaxWords)
            return new ValidationFailed("description", ModerationErrorTexts.WordsTooLong.With(Text.Length(clean), MaxWords));
        return clean;
    }

    public static Report File(ReportCase reportCase, Evidence evidence, MemberId reporter, ReportReason reason, string words, DateTimeOffset now) =>
        new()
        {
            Id = ReportId.New(),
            CaseId = reportCase.Id,
            SubjectKind = reportCase.SubjectKind,
            SubjectId = reportCase.SubjectId,
            ReporterId = reporter,
            Reason = reason,
            Words = words,
            Evidence = evidence,
            CreatedAt = now,
        };
}
