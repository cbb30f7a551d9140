using System.Globalization;

namespace GoImg.Core.Shared;

/// <summary>Numbers beside a limit. A limit that seems to be kept ("has 100; the limit is 100") explains nothing.</summary>
internal static class Amount
{
    // a byte of gibibytes
    private const int MostDigits = 10;

    /// <summary>With at most so many decimals.</summary>
    public static string Say(double value, int digits) =>
        value.ToString(digits == 0 ? "0" : "0." + new string('#', digits), CultureInfo.CurrentCulture);

    /// <summary>Millions, with as many decimals as tell those apart that differ.</summary>
    public static string[] SayMillionsApart(params ReadOnlySpan<long> values) =>
        SayApart(static (value, moreDigits) => Say(value / 1e6, 1 + moreDigits), values);

    /// <param name="say">Says a number with this many decimals more than usual.</param>
    public static string[] SayApart(Func<long, int, string> say, params ReadOnlySpan<long> values)
    {
        var numbers = values.ToArray();
        var different = numbers.Distinct().Count();
        string[] words = [];
        for (var digits = 0; digits <= MostDigits; digits++)
        {
            words = Array.ConvertAll(numbers, number => say(number, digits));
            if (words.Distinct(StringComparer.Ordinal).Count() == different)
                break;
        }

        return words;
    }
}
