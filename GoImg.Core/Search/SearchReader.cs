using GoImg.Core.Shared;
using GoImg.Core.Tags;

namespace GoImg.Core.Search;

/// <summary>Reads one line of text as a query. An operator is known by its name before a colon; any other colon belongs to a word.</summary>
internal sealed class SearchReader(string line)
{
    private readonly List<SearchPart> _parts = [];
    private readonly List<string> _problems = [];
    private SearchSort? _sort;
    private int _at;

    public SearchQuery Read()
    {
        while (Skip(char.IsWhiteSpace))
            ReadPart();
        return new(_parts, _problems, _sort);
    }

    private void ReadPart()
    {
        var isExcluded = line[_at] == '-' && _at + 1 < line.Length && !char.IsWhiteSpace(line[_at + 1]);
        if (isExcluded)
            _at++;
        if (IsQuote(line[_at]))
        {
            AddTerm(Quoted(), isPhrase: true, isExcluded);
            return;
        }

        var word = Until(c => char.IsWhiteSpace(c) || c == ':');
        if (_at < line.Length && line[_at] == ':' && Known(word) is { } name)
        {
            _at++;
            var value = _at < line.Length && IsQuote(line[_at]) ? Quoted() : Until(char.IsWhiteSpace);
            AddOperator(name, value, isExcluded);
        }
        else
        {
            AddTerm(word + Until(char.IsWhiteSpace), isPhrase: false, isExcluded);
        }
    }

    // What has no letter and no digit in it can't be looked for.
    private void AddTerm(string words, bool isPhrase, bool isExcluded)
    {
        var kept = words.Trim().Trim('"');
        if (SearchWords.Of(kept).Count > 0)
            _parts.Add(new SearchTerm(kept, isPhrase, isExcluded));
    }

    private void AddOperator(string name, string value, bool isExcluded)
    {
        value = Unquoted(value).Trim();
        if (value.Length == 0)
            _problems.Add(SearchProblemTexts.NoValue.With(name));
        else if (name == "sort")
            ReadSort(value);
        else if (Enum.Parse<SearchOperator>(name, ignoreCase: true) is var known && Filter(known, value, isExcluded) is { } filter)
            _parts.Add(filter);
    }

    private void ReadSort(string value)
    {
        if (Enum.TryParse<SearchSort>(value, ignoreCase: true, out var sort) && !char.IsAsciiDigit(value[0]) && Enum.IsDefined(sort))
            _sort = sort;
        else
            _problems.Add(SearchProblemTexts.Sort.With(value));
    }

    private SearchFilter? Filter(SearchOperator known, string value, bool isExcluded) =>
        known switch
        {
            SearchOperator.Tag => Tag.Parse(value.TrimStart('#')).Match(tag => new SearchFilter(known, tag, isExcluded), Explain),
            SearchOperator.By => Name(value.TrimStart('@'), isExcluded),
            SearchOperator.After or SearchOperator.Before => CalendarPeriod.FirstDay(value) is { } day
                ? new SearchFilter(known, value, isExcluded) { Day = day }
                : Explain(SearchProblemTexts.Date.With(value)),
            SearchOperator.Orientation => OrientationName.Parse(value) is { } orientation
                ? new SearchFilter(known, orientation, isExcluded)
                : Explain(SearchProblemTexts.Orientation.With(value, Listed(OrientationName.All))),
            SearchOperator.Color => ColorName.Parse(value) is { } color
                ? new SearchFilter(known, color, isExcluded)
                : Explain(SearchProblemTexts.Color.With(value, Listed(ColorName.All))),
            _ => SearchWords.Of(value).Count > 0
                ? new SearchFilter(known, value, isExcluded)
                : Explain(SearchProblemTexts.NoValue.With(known.ToString().ToLowerInvariant())),
        };

    private SearchFilter? Name(string value, bool isExcluded) =>
        SearchWords.Of(value).Count > 0
            ? new SearchFilter(SearchOperator.By, Unquoted(SearchDocument.NameKey(value)).Trim(), isExcluded)
            : Explain(SearchProblemTexts.NoValue.With("by"));

    private SearchFilter? Explain(Error error) => Explain(error is ValidationFailed { Fields: [var field, ..] } ? field.Message : error.Message);

    private SearchFilter? Explain(string problem)
    {
        _problems.Add(problem);
        return null;
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names);

    private static string? Known(string word) =>
        word.ToLowerInvariant() switch
        {
            "colour" => "color",
            "sort" => "sort",
            var name when Enum.GetNames<SearchOperator>().Any(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) => name,
            _ => null,
        };

    private static string Unquoted(string value) => string.Concat(value.Where(c => !IsQuote(c)));

    private string Quoted()
    {
        _at++;
        var words = Until(IsQuote);
        if (_at < line.Length)
            _at++;
        return words;
    }

    private string Until(Func<char, bool> ends)
    {
        var from = _at;
        while (_at < line.Length && !ends(line[_at]))
            _at++;
        return line[from.._at];
    }

    private bool Skip(Func<char, bool> over)
    {
        Until(c => !over(c));
        return _at < line.Length;
    }

    // As keyboards and phones of many languages write them.
    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„' or '«' or '»';
}
