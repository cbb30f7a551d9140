using System.Globalization;

namespace GoImg.Web.Ui;

/// <summary>"3 hours ago" for a week, the date after that.</summary>
internal static class RelativeTime
{
    public static string Say(DateTimeOffset at, DateTimeOffset now) =>
        (now - at) switch
        {
            { TotalMinutes: < 1 and > -1 } => "just now",
            { TotalSeconds: < 0 } => Date(at),
            { TotalHours: < 1 } age => Count((int)age.TotalMinutes, "minute"),
            { TotalDays: < 1 } age => Count((int)age.TotalHours, "hour"),
            { TotalDays: < 7 } age => Count((int)age.TotalDays, "day"),
            _ => Date(at),
        };

    private static string Count(int n, string unit) => n == 1 ? $"1 {unit} ago" : string.Create(CultureInfo.InvariantCulture, $"{n} {unit}s ago");

    private static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
