using System.Globalization;

namespace GoImg.Core.Search;

/// <summary>Years, months and days: how people type them, and how a range of days is put together from the largest that fit.</summary>
public static class CalendarPeriod
{
    /// <summary>The years that images are found by: from the oldest photograph on.</summary>
    public const int FirstYear = 1826;

    public const int LastYear = 2100;

    /// <summary>Of 2023, 2023-07 or 2023-07-14; null for anything else.</summary>
    public static DateOnly? FirstDay(string text) =>
        DateOnly.TryParseExact(text, ["yyyy", "yyyy-M", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The names of the periods a day lies in: <c>y:2023</c>, <c>m:2023-07</c>, <c>d:2023-07-14</c>. None outside of the known years.</summary>
    public static IEnumerable<string> Containing(DateOnly day) => day.Year is >= FirstYear and <= LastYear ? [Year(day), Month(day), Day(day)] : [];

    /// <summary>The fewest periods that make up the days from <paramref name="from"/> to before <paramref name="until"/>; null is open.</summary>
    public static IReadOnlyList<string> Between(DateOnly? from, DateOnly? until)
    {
        var at = Max(from ?? DateOnly.MinValue, new DateOnly(FirstYear, 1, 1));
        var end = Min(until ?? DateOnly.MaxValue, new DateOnly(LastYear + 1, 1, 1));
        var periods = new List<string>();
        while (at < end)
        {
            var (name, next) =
                at is { Month: 1, Day: 1 } && at.AddYears(1) <= end ? (Year(at), at.AddYears(1))
                : at.Day == 1 && at.AddMonths(1) <= end ? (Month(at), at.AddMonths(1))
                : (Day(at), at.AddDays(1));
            periods.Add(name);
            at = next;
        }

        return periods;
    }

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Min(DateOnly a, DateOnly b) => a < b ? a : b;

    private static string Year(DateOnly day) => day.ToString("'y:'yyyy", CultureInfo.InvariantCulture);

    private static string Month(DateOnly day) => day.ToString("'m:'yyyy-MM", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("'d:'yyyy-MM-dd", CultureInfo.InvariantCulture);
}
