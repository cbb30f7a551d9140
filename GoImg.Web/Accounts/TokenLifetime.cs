using System.Globalization;
using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Web.Ui.Forms;

namespace GoImg.Web.Accounts;

/// <summary>How long a token lasts, as its form asks: so many days, or until the end of a day of one's own (UTC).</summary>
internal static class TokenLifetime
{
    public static readonly string DefaultDays = PersonalAccessToken.DefaultDays.ToString(CultureInfo.InvariantCulture);

    private static readonly int[] Choices = [30, PersonalAccessToken.DefaultDays, PersonalAccessToken.MaxDays];

    public static IReadOnlyList<SelectOption> Options =>
        [.. Choices.Select(days => new SelectOption(days.ToString(CultureInfo.InvariantCulture), TokenTexts.Days.With(days)))];

    /// <summary>Null for what is neither.</summary>
    public static DateTimeOffset? EndOf(string? days, string? day, DateTimeOffset now) =>
        DayOf(day) is { } chosen ? new DateTimeOffset(chosen, TimeOnly.MaxValue, TimeSpan.Zero)
        : day is { Length: > 0 } ? null
        : int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && Choices.Contains(count) ? now.AddDays(count)
        : null;

    public static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
