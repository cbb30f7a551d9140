using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Search;

/// <summary>What a person typed into the search field, taken apart: words, "phrases" and filters such as <c>tag:sea</c>, each with a minus to leave it out.</summary>
/// <param name="Problems">Sentences for the reader about what could not be understood and was left out.</param>
/// <param name="Sort">What <c>sort:</c> said; null leaves it to the page.</param>
public sealed record SearchQuery(IReadOnlyList<SearchPart> Parts, IReadOnlyList<string> Problems, SearchSort? Sort)
{
    /// <summary>Images of this member alone; not typed, but asked for beside the words.</summary>
    public MemberId? Owner { get; init; }

    /// <summary>Longer input is cut: no one types it.</summary>
    public const int MaxLength = 200;

    public IEnumerable<SearchTerm> Terms => Parts.OfType<SearchTerm>();

    public IEnumerable<SearchFilter> Filters => Parts.OfType<SearchFilter>();

    /// <summary>Nothing is asked for: it finds nothing, for only to leave out is no search.</summary>
    public bool IsEmpty => Parts.All(part => part.IsExcluded);

    /// <summary>There are words to rank by.</summary>
    public bool HasWords => Terms.Any(term => !term.IsExcluded);

    public SearchSort EffectiveSort => Sort ?? (HasWords ? SearchSort.Best : SearchSort.Newest);

    /// <summary>Any text is a query. <paramref name="text"/> may be what a stranger put into an address.</summary>
    public static SearchQuery Parse(string? text) => new SearchReader(Cut(text)).Read();

    /// <summary>The text that is looked for: one line of at most <see cref="MaxLength"/>.</summary>
    public static string Cut(string? text)
    {
        var line = Text.Line(text is { Length: > MaxLength } ? text[..MaxLength] : text);
        return line.Length <= MaxLength ? line : Text.Line(line[..MaxLength]);
    }

    /// <summary>And with all of these tags.</summary>
    public SearchQuery Tagged(IEnumerable<string> tags) =>
        this with
        {
            Parts = [.. Parts, .. tags.Select(tag => new SearchFilter(SearchOperator.Tag, tag, IsExcluded: false))],
        };

    public SearchQuery Without(SearchPart part) => this with { Parts = [.. Parts.Where(p => !ReferenceEquals(p, part))], Problems = [] };

    /// <summary>The parts as they are typed, without <c>sort:</c>.</summary>
    public override string ToString() => string.Join(' ', Parts);
}
