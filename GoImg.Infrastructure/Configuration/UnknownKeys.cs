using Microsoft.Extensions.Configuration;

namespace GoImg.Infrastructure.Configuration;

/// <summary>Keys in our sections that nothing reads: mistyped ones, which would do nothing and say nothing.</summary>
public static class UnknownKeys
{
    /// <summary>Each as <c>Section:Key</c>, with the known key that looks most like it, or null.</summary>
    public static IEnumerable<(string Key, string? Nearest)> Find(IConfiguration configuration, IReadOnlyCollection<OptionsSection> sections) =>
        from section in sections.GroupBy(s => s.Name, s => s, StringComparer.OrdinalIgnoreCase)
        let nested = sections.Where(s => s.Name.StartsWith(section.Key + ":", StringComparison.OrdinalIgnoreCase))
        let known = section.SelectMany(s => s.Keys).Select(k => k.Name).Concat(nested.Select(s => s.Name[(section.Key.Length + 1)..])).ToList()
        from child in configuration.GetSection(section.Key).GetChildren()
        where !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
        select ($"{section.Key}:{child.Key}", NearestOf(child.Key, known) is { } nearest ? $"{section.Key}:{nearest}" : null);

    private static string? NearestOf(string key, List<string> known) =>
        known
            .Select(k => (Key: k, Distance: Distance(key.ToUpperInvariant(), k.ToUpperInvariant())))
            .Where(k => k.Distance <= Math.Max(2, k.Key.Length / 3))
            .OrderBy(k => k.Distance)
            .Select(k => k.Key)
            .FirstOrDefault();

    /// <summary>Letters to add, take away or change (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
