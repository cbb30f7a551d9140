using System.Text;
using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.Search;

/// <summary>What an image is found by.</summary>
public sealed record SearchDocument
{
    /// <summary>To be raised whenever <see cref="Of"/> makes something else of the same image: then all are indexed anew in the background.</summary>
    public const int Revision = 1;

    private static readonly char[] Digits = [.. "0123456789"];

    private const int ShortestWord = 3;
    private const int LongestWord = 40;

    // PostgreSQL takes keys of at most 2,046 bytes.
    private const int LongestName = 100;

    public required Image Image { get; init; }

    /// <summary>Words of the title, as <see cref="SearchWords.Indexed"/> writes them; the others too.</summary>
    public required string Title { get; init; }

    /// <summary>Words of the tags and of the owner's two names.</summary>
    public required string Labels { get; init; }

    public required string Description { get; init; }

    /// <summary>What is compared as a whole: <see cref="ListedKey"/>, <see cref="OwnerKey"/>, <see cref="FilterKeys"/>.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Anyone may find it (<see cref="ImageAccess.Listed"/>): only then may its words and tags be offered to others.</summary>
    public required bool IsListed { get; init; }

    /// <summary>Every image that is listed has it.</summary>
    public static string ListedKey => "v:listed";

    /// <summary>For spelling: the distinct words of letters that are written with blanks between them.</summary>
    public IEnumerable<string> Words =>
        SearchWords
            .Of($"{Image.Title} {string.Join(' ', Image.Tags)} {Image.Description} {Image.Owner.ShownName}")
            .Where(token => !token.IsUnspaced && IsSpelled(token.Text))
            .Select(token => token.Text)
            .Distinct(StringComparer.Ordinal);

    /// <param name="image">With its owner.</param>
    public static SearchDocument Of(Image image)
    {
        var isListed = ImageAccess.IsListed(image);
        return new()
        {
            Image = image,
            Title = SearchWords.Indexed(image.Title),
            Labels = SearchWords.IndexedApart([.. image.Tags, image.Owner.ShownName, image.Owner.Username.Value]),
            Description = SearchWords.Indexed(Shared.Text.Line(image.Description)),
            Keys = [.. isListed ? [ListedKey] : Array.Empty<string>(), OwnerKey(image.OwnerId), .. FilterKeys(image)],
            IsListed = isListed,
        };
    }

    public static string OwnerKey(MemberId owner) => $"o:{owner.Value:N}";

    /// <summary>The same for all ways of typing a name that differ in case or blanks only.</summary>
    public static string NameKey(string name)
    {
        var key = Shared.Text.Line(name).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return key.Length <= LongestName ? key : Shared.Text.Line(key[..LongestName]);
    }

    /// <summary>The keys of which an image with the value has one.</summary>
    public static IReadOnlyList<string> KeysOf(SearchOperator known, string value) =>
        known switch
        {
            SearchOperator.Tag => [$"t:{value}"],
            SearchOperator.By => [$"u:{value}", $"n:{value}"],
            SearchOperator.Orientation => [$"r:{value}"],
            SearchOperator.Color => [$"h:{value}"],
            SearchOperator.Camera => [.. SearchWords.Of(value).Select(token => $"k:{token.Text}")],
            SearchOperator.Lens => [.. SearchWords.Of(value).Select(token => $"l:{token.Text}")],
            _ => throw new ArgumentOutOfRangeException(nameof(known), known, "It is no key but a range."),
        };

    /// <summary>Letters, few enough to be a word and enough to be told from another.</summary>
    public static bool IsSpelled(string word) =>
        word.Length is >= ShortestWord and <= LongestWord && word.EnumerateRunes().All(rune => !Rune.IsDigit(rune));

    // People know the number of a D850 and the 35mm of an XF35mm.
    private static string WithNumbers(string product) =>
        string.Join(
            ' ',
            SearchWords.Of(product).Select(token => token.Text.IndexOfAny(Digits) is var at and > 0 ? $"{token.Text} {token.Text[at..]}" : token.Text)
        );

    private static IEnumerable<string> FilterKeys(Image image) =>
        [
            .. image.Tags.SelectMany(tag => KeysOf(SearchOperator.Tag, tag)),
            $"u:{image.Owner.UsernameKey}",
            $"n:{NameKey(image.Owner.ShownName)}",
            .. KeysOf(SearchOperator.Orientation, OrientationName.Of(image.WidthPx, image.HeightPx)),
            .. ColorName.Of(image.DominantColor) is { } color ? KeysOf(SearchOperator.Color, color) : [],
            .. KeysOf(SearchOperator.Camera, WithNumbers($"{image.CameraMake} {image.CameraModel}")),
            .. KeysOf(SearchOperator.Lens, WithNumbers(image.Lens ?? "")),
            .. CalendarPeriod.Containing(DateOnly.FromDateTime((image.TakenAt ?? image.CreatedAt).UtcDateTime)),
        ];
}
