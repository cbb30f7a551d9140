using GoImg.Web.Ui.Forms;

namespace GoImg.Web.Moderation;

/// <summary>How long an account may be suspended by a form.</summary>
internal static class SuspensionDays
{
    public static IReadOnlyList<SelectOption> Choices =>
        [new("1", ModerationTexts.ADay), new("7", ModerationTexts.AWeek), new("30", ModerationTexts.ThirtyDays), new("365", ModerationTexts.AYear)];
}
