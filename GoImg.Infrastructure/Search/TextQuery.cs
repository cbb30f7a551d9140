using System.Globalization;
using GoImg.Core.Accounts;
using GoImg.Core.Search;

namespace GoImg.Infrastructure.Search;

/// <summary>A search as an expression of PostgreSQL's type tsquery: SQL with placeholders, and what stands in their place. Nothing anyone typed is in the SQL.</summary>
internal sealed class TextQuery
{
    private readonly List<object> _arguments = [];

    private TextQuery() { }

    /// <summary>All conditions, and first of all those of who may find what, as far as the index knows: the images' rows have the last word.</summary>
    public string Sql { get; private init; } = "";

    /// <summary>The words that are looked for, to rank by; empty when there are none.</summary>
    public string WordsSql { get; private init; } = "";

    public object[] Arguments => [.. _arguments];

    public static string Placeholder(int index) => "{" + index.ToString(CultureInfo.InvariantCulture) + "}";

    /// <param name="block">Of this one alone; null is of all.</param>
    public static TextQuery Of(SearchQuery query, Actor actor, SearchScope scope, SearchBlock? block = null)
    {
        var (empty, words) = (new TextQuery(), query.Terms.ToLookup(term => term.IsExcluded));
        var wanted = words[false].SelectMany(empty.Words).ToList();
        var excluded = words[true].Select(term => $"!!({string.Join(" && ", empty.Words(term))})");
        var keys = empty.Argument(SearchKeys.Of(query, actor, scope, block));
        var text = new TextQuery
        {
            Sql = string.Join(" && ", [$"CAST({keys} AS tsquery)", .. wanted, .. excluded]),
            WordsSql = string.Join(" && ", wanted),
        };
        text._arguments.AddRange(empty._arguments);
        return text;
    }

    // Stretches of different scripts are looked for apart: where the one ends and the other begins, the index has more positions than were typed.
    private IEnumerable<string> Words(SearchTerm term)
    {
        var spaced = new List<string>();
        foreach (var token in SearchWords.Of(term.Words))
        {
            if (!token.IsUnspaced)
            {
                spaced.Add(token.Text);
                continue;
            }

            if (spaced.Count > 0)
                yield return Spaced(spaced);
            spaced.Clear();
            yield return Unspaced(token);
        }

        if (spaced.Count > 0)
            yield return Spaced(spaced);
    }

    // A word is found by its English form and its German one; words in a row by their English forms alone, for only those have positions.
    private string Spaced(List<string> words)
    {
        var text = Argument(string.Join(' ', words));
        return words.Count == 1
            ? $"(plainto_tsquery('goimg_english', {text}) || plainto_tsquery('goimg_german', {text}))"
            : $"phraseto_tsquery('goimg_english', {text})";
    }

    private string Unspaced(SearchToken token) =>
        token.Pairs is [var letter] && letter == token.Last
            ? $"CAST({Argument($"{SearchKeys.Quoted(letter)}:*")} AS tsquery)"
            : $"phraseto_tsquery('goimg_english', {Argument(string.Join(' ', token.Pairs))})";

    private string Argument(string value)
    {
        _arguments.Add(value);
        return Placeholder(_arguments.Count - 1);
    }
}
