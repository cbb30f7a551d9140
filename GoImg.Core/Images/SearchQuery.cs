namespace GoImg.Core.Images;

/// <summary>What a person typed into the search field, taken apart: free words and "phrases", <c>tag:</c> and <c>by:</c> filters.</summary>
public sealed record SearchQuery(string Words, IReadOnlyList<string> Tags, string? By)
{
    /// <summary>Longer input is cut: no one types it.</summary>
    public const int MaxLength = 200;

    public bool IsEmpty => Words.Length == 0 && Tags.Count == 0 && By is null;

    public static SearchQuery Parse(string? text)
    {
        var words = new List<string>();
        var tags = new List<string>();
        string? by = null;
        foreach (
            var part in Shared.Text.Line(text is { Length: > MaxLength } ? text[..MaxLength] : text).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            if (part.StartsWith("tag:", StringComparison.OrdinalIgnoreCase) && part.Length > 4)
                tags.Add(part[4..].ToLowerInvariant());
            else if (part.StartsWith("by:", StringComparison.OrdinalIgnoreCase) && part.Length > 3)
                by = part[3..].ToLowerInvariant();
            else
                words.Add(part);
        }

        return new(string.Join(' ', words), tags, by);
    }
}
