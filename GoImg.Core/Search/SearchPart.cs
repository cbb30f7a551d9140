namespace GoImg.Core.Search;

/// <summary>One condition of a search. All have to hold, except that several of one of the filters an image has one value of (<c>by:</c>,
/// <c>color:</c>, <c>orientation:</c>) are alternatives.</summary>
/// <param name="IsExcluded">It must not hold: written with a minus.</param>
public abstract record SearchPart(bool IsExcluded)
{
    /// <summary>As it is typed, in one way of writing.</summary>
    public abstract override string ToString();

    protected string Signed(string text) => IsExcluded ? "-" + text : text;

    protected static string Quoted(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}

/// <summary>A word, or words that follow each other.</summary>
public sealed record SearchTerm(string Words, bool IsPhrase, bool IsExcluded) : SearchPart(IsExcluded)
{
    public override string ToString() => Signed(IsPhrase ? $"\"{Words}\"" : Words);
}

/// <param name="Value">As <see cref="SearchQuery.Parse"/> found it good: a tag, a name, words of a camera, a colour's name, a period such as 2023-07.</param>
public sealed record SearchFilter(SearchOperator Operator, string Value, bool IsExcluded) : SearchPart(IsExcluded)
{
    /// <summary>Of <see cref="SearchOperator.After"/> and <see cref="SearchOperator.Before"/>: the first day of what was typed.</summary>
    public DateOnly Day { get; init; }

    public string Name => Operator.ToString().ToLowerInvariant();

    public override string ToString() => Signed($"{Name}:{Quoted(Value)}");
}

/// <summary>What can be typed before a colon. The names are what is typed.</summary>
public enum SearchOperator
{
    Tag,
    By,
    Camera,
    Lens,

    /// <summary>On its first day or later.</summary>
    After,

    /// <summary>Before its first day.</summary>
    Before,
    Orientation,
    Color,
}

public enum SearchSort
{
    Best,
    Newest,
}
