using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

/// <summary>What the owner writes about an album, checked as a whole.</summary>
public sealed record AlbumDetails
{
    public const int MaxTitle = 255;
    public const int MaxDescription = 2000;

    private AlbumDetails() { }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required Visibility Visibility { get; init; }

    public required AlbumOrder Order { get; init; }

    /// <summary>Fails with every field's problem at once.</summary>
    public static Result<AlbumDetails> Create(string? title, string? description, Visibility visibility, AlbumOrder order)
    {
        var details = new AlbumDetails
        {
            Title = Text.Line(title),
            Description = Text.Paragraphs(description),
            Visibility = visibility,
            Order = order,
        };
        var fields = new List<FieldError>();
        if (details.Title.Length == 0)
            fields.Add(new("title", AlbumErrorTexts.TitleMissing));
        else if (Text.Length(details.Title) > MaxTitle)
            fields.Add(new("title", AlbumErrorTexts.TitleTooLong.With(Text.Length(details.Title), MaxTitle)));
        if (Text.Length(details.Description) > MaxDescription)
            fields.Add(new("description", AlbumErrorTexts.DescriptionTooLong.With(Text.Length(details.Description), MaxDescription)));
        return fields.Count > 0 ? new ValidationFailed(fields) : details;
    }
}

public enum AlbumOrder
{
    /// <summary>As the owner put them; new ones go to the end.</summary>
    Manual,

    /// <summary>Newest upload first.</summary>
    Newest,
}
