using GoImg.Core.Accounts;
using GoImg.Core.Images;
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

/// <summary>One member's complaint about one image, with the evidence as it was then.</summary>
public sealed class Report
{
    public const int MaxWords = 1000;

    private Report() { }

    public ReportId Id { get; private set; }

    public CaseId CaseId { get; private set; }

    public ImageId ImageId { get; private set; }

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
            return new ValidationFailed("description", "Say in a few words what is wrong: “other” alone tells the moderators nothing.");
        if (Text.Length(clean) > MaxWords)
            return new ValidationFailed("description", $"The text has {Text.Length(clean)} characters; the limit is {MaxWords}.");
        return clean;
    }

    public static Report File(CaseId caseId, Image image, MemberId reporter, ReportReason reason, string words, DateTimeOffset now) =>
        new()
        {
            Id = ReportId.New(),
            CaseId = caseId,
            ImageId = image.Id,
            ReporterId = reporter,
            Reason = reason,
            Words = words,
            Evidence = Evidence.Of(image),
            CreatedAt = now,
        };
}

/// <summary>What the image said when it was reported; editing it afterwards hides nothing from the moderators.</summary>
/// <param name="Sha256">Of the original, in hex.</param>
public sealed record Evidence(
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
    public static Evidence Of(Image image) =>
        new(
            image.Title,
            image.Description,
            image.Tags,
            image.AltText,
            image.Visibility,
            image.Rating,
            image.Owner.Username.Value,
            Convert.ToHexStringLower(image.Sha256),
            image.SizeBytes
        );
}
