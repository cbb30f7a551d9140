namespace GoImg.Web.Ui.Forms;

/// <summary>What is posted, and what is read.</summary>
public sealed record SelectOption(string Value, string Text)
{
    /// <summary>All values of an enum, by their names.</summary>
    public static IReadOnlyList<SelectOption> Of<TEnum>(Func<TEnum, string> text)
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(value => new SelectOption(value.ToString(), text(value)))];
}
