namespace GoImg.Infrastructure.Database;

/// <summary>What a person typed as a pattern for ILIKE in which nothing they typed is a wildcard.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    public static string Containing(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
