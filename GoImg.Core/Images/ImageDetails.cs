using GoImg.Core.Shared;
using GoImg.Core.Tags;

namespace GoImg.Core.Images;

/// <summary>What the owner writes about an image, checked as a whole. An empty title shows as "Untitled".</summary>
public sealed record ImageDetails
{
    public const int MaxTitle = 255;
    public const int MaxDescription = 2000;
    public const int MaxAltText = 500;

    private ImageDetails() { }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string AltText { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required Visibility Visibility { get; init; }

    public required ContentRating Rating { get; init; }

    /// <summary>Fails with every field's problem at once.</summary>
    public static Result<ImageDetails> Create(
        string? title,
        string? description,
        string? altText,
        IEnumerable<string> tags,
        Visibility visibility,
        ContentRating rating
    )
    {
        var details = new ImageDetails
        {
            Title = Text.Line(title),
            Description = Text.Paragraphs(description),
            AltText = Text.Line(altText),
            Tags = [],
            Visibility = visibility,
            Rating = rating,
        };

        var fields = new List<FieldError>();
        TooLong("title", ImageErrorTexts.TitleTooLong, details.Title, MaxTitle);
        TooLong("description", ImageErrorTexts.DescriptionTooLong, details.Description, MaxDescription);
        TooLong("alt_text", ImageErrorTexts.AltTextTooLong, details.AltText, MaxAltText);
        var parsed = Tag.ParseAll(tags);
        if (parsed.Error is ValidationFailed wrong)
            fields.AddRange(wrong.Fields);
        return fields.Count > 0 ? new ValidationFailed(fields) : details with { Tags = parsed.Value };

        void TooLong(string field, string sentence, string text, int max)
        {
            if (Text.Length(text) > max)
                fields.Add(new(field, sentence.With(Text.Length(text), max)));
        }
    }
}
