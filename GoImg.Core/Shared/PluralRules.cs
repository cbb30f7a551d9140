namespace GoImg.Core.Shared;

/// <summary>Which form of a word goes with a number. Categories and rules are those of Unicode's CLDR.</summary>
internal static class PluralRules
{
    /// <summary>The rule of English and German. A language with another one gets it here, by <c>CultureInfo.CurrentUICulture</c>.</summary>
    public static string CategoryOf(decimal count) => count == 1 ? "one" : "other";
}
