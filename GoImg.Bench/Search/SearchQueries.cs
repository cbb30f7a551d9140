namespace GoImg.Bench.Search;

/// <summary>What people type, by kinds that cost a database differently; each kind many times with other words.</summary>
internal static class SearchQueries
{
    public const int EachKind = 30;

    public static IReadOnlyList<(string Kind, string[] Typed)> All()
    {
        var words = new SearchVocabulary(seed: 2);
        return
        [
            ("a common word", Make(Common)),
            ("a word of middle rank", Make(Middle)),
            ("a rare word", Make(Rare)),
            ("two common words", Make(() => $"{Common()} {Common()}")),
            ("a common and a rare word", Make(() => $"{Common()} {Rare()}")),
            ("a common word without another", Make(() => $"{Common()} -{Common()}")),
            ("two common words in a row", Make(() => $"\"{Common()} {Common()}\"")),
            ("two letters of Japanese", Make(() => words.Unspaced(2))),
            ("one letter of Japanese", Make(() => words.Unspaced(1))),
            ("a common word and a tag", Make(() => $"{Common()} tag:{Common()}")),
            ("a common word of one member", Make(() => $"{Common()} by:{SearchVocabulary.Name(words.Next(5))}")),
            ("a colour and a year", Make(() => $"color:red after:2020-0{1 + words.Next(9)} before:2021")),
            ("a mistyped word", Make(() => Middle() + "x")),
        ];

        string[] Make(Func<string> one) => [.. Enumerable.Range(0, EachKind).Select(_ => one())];
        string Common() => SearchVocabulary.Word(words.Next(40));
        string Middle() => SearchVocabulary.Word(200 + words.Next(800));
        string Rare() => SearchVocabulary.Word(20_000 + words.Next(30_000));
    }
}
