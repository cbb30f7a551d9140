using System.Globalization;
using GoImg.Core.Shared;
using GoImg.Web.Localization;

namespace GoImg.Web.Ui;

/// <summary>"3 hours ago" for a week, the date after that; js/times.js says the same.</summary>
internal static class RelativeTime
{
    public static string Say(DateTimeOffset at, DateTimeOffset now) =>
        (now - at) switch
        {
            { TotalMinutes: < 1 and > -1 } => ScriptTexts.JustNow,
            { TotalSeconds: < 0 } => Day(at),
            { TotalHours: < 1 } age => ScriptTexts.MinutesAgo.With((int)age.TotalMinutes),
            { TotalDays: < 1 } age => ScriptTexts.HoursAgo.With((int)age.TotalHours),
            { TotalDays: < 7 } age => ScriptTexts.DaysAgo.With((int)age.TotalDays),
            _ => Day(at),
        };

    /// <summary>"30 Nov 2026", as the reader's language writes it.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString(FormatTexts.Day, CultureInfo.CurrentCulture);

    /// <summary>"30 November 2026".</summary>
    public static string LongDay(DateTimeOffset at) => at.UtcDateTime.ToString(FormatTexts.LongDay, CultureInfo.CurrentCulture);

    /// <summary>"30 Nov", of a day whose year goes without saying.</summary>
    public static string ShortDay(DateTimeOffset at) => at.UtcDateTime.ToString(FormatTexts.ShortDay, CultureInfo.CurrentCulture);

    /// <summary>"November 2026".</summary>
    public static string Month(DateTimeOffset at) => at.UtcDateTime.ToString(FormatTexts.Month, CultureInfo.CurrentCulture);
}
