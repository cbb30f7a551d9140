using System.Globalization;
using System.Text;

namespace GoImg.Bench.Search;

/// <summary>Words as a language has them: few of them are most of a text (Zipf's law), most of them are rare. The same in every run.</summary>
internal sealed class SearchVocabulary
{
    private const int Count = 50_000;
    private static readonly string[] Starts =
    [
        "b",
        "br",
        "d",
        "f",
        "gr",
        "h",
        "k",
        "l",
        "m",
        "n",
        "p",
        "pl",
        "r",
        "s",
        "st",
        "t",
        "tr",
        "v",
        "w",
        "z",
    ];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "ai", "ou"];
    private static readonly string[] Ends = ["", "n", "r", "l", "st", "nd", "ck", "m"];
    private const string Han = "山海川空花鳥風月雪雨東西南北京都大阪写真旅街夜朝光影木森石橋駅人子犬猫春夏秋冬青赤白黒金銀水火土日本語国";

    private readonly double[] _sums = new double[Count];
    private ulong _state;

    public SearchVocabulary(ulong seed)
    {
        _state = seed;
        for (var i = 0; i < Count; i++)
            _sums[i] = (i == 0 ? 0 : _sums[i - 1]) + 1.0 / (i + 1);
    }

    /// <summary>The word of a rank, from 0, the commonest.</summary>
    public static string Word(int rank)
    {
        var (word, rest) = (new StringBuilder(), rank);
        do
        {
            word.Append(Starts[rest % Starts.Length]).Append(Vowels[rest / Starts.Length % Vowels.Length]);
            rest /= Starts.Length * Vowels.Length;
        } while (rest > 0);
        return word.Append(Ends[rank % Ends.Length]).Append(rank < 140 ? "ak" : "").ToString();
    }

    public string Any()
    {
        var at = Array.BinarySearch(_sums, Next(1_000_000) / 1_000_000.0 * _sums[^1]);
        return Word(Math.Min(at < 0 ? ~at : at, Count - 1));
    }

    public string Sentence(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Any()));

    public string Unspaced(int letters) => string.Concat(Enumerable.Range(0, letters).Select(_ => Han[Next(Han.Length)]));

    public int Next(int below)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ _state >> 30) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
        return (int)((mixed ^ mixed >> 31) % (ulong)below);
    }

    public static string Name(int member) => string.Create(CultureInfo.InvariantCulture, $"member{member}");
}
