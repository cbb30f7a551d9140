using System.Text.RegularExpressions;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Corpus;

/// <summary>What is to become of each file of the corpus, and why: <c>policy.tsv</c>, read from the top until a line fits.
/// Where GoImg decides otherwise than the judges, comparing found it, and the line says why GoImg is to.</summary>
internal sealed partial class CorpusPolicy
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "GoImg.Tests", "Corpus");

    private readonly List<Rule> _rules = [.. Cells("policy.tsv").Select(cells => new Rule(Matcher(cells[0]), cells[1], cells[2]))];
    private readonly Dictionary<string, string> _judges = Cells("judges.tsv")
        .ToDictionary(cells => cells[0], cells => cells[1], StringComparer.Ordinal);

    /// <summary>Null when the verdict is as it should be; else what it should be and why. <paramref name="verdict"/> is <c>active</c> or an error's code.</summary>
    public string? Objection(string file, string verdict)
    {
        var rule = _rules.First(r => r.File.IsMatch(file));
        var wanted = rule.Verdict == "judged" ? Judged(file) : rule.Verdict;
        var isRight = wanted switch
        {
            "shown" => verdict == "active",
            "refused" => verdict.StartsWith("image.", StringComparison.Ordinal),
            _ => wanted == "refused " + verdict,
        };
        return isRight ? null : $"{file} is {verdict} and should be {wanted}: {rule.Why}";
    }

    private string Judged(string file)
    {
        var votes = _judges.GetValueOrDefault(file, "");
        var (whole, broken) = (votes.Count(vote => vote == 'W'), votes.Count(vote => vote == 'b'));
        // Unknown to all: no picture. Divided: for people to decide, by a line of its own.
        return whole > broken ? "shown"
            : whole < broken || votes == "---" ? "refused"
            : $"decided by a line of its own, since the judges say “{votes}”";
    }

    private static IEnumerable<string[]> Cells(string table) =>
        File.ReadLines(Path.Combine(Folder, table)).Where(line => line is not ['#', ..]).Select(line => line.Split('\t'));

    private static Regex Matcher(string pattern)
    {
        var expression = Wildcards()
            .Replace(
                pattern,
                wildcard =>
                    wildcard.Value switch
                    {
                        "**" => ".*",
                        "*" => "[^/]*",
                        ['{', .. var choices, '}'] => "(?:"
                            + string.Join('|', choices.Split(',').Select(c => Regex.Escape(c).Replace("\\*", "[^/]*", StringComparison.Ordinal)))
                            + ")",
                        var words => Regex.Escape(words),
                    }
            );
        return new Regex($"^{expression}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    [GeneratedRegex(@"\*\*|\*|\{[^}]*\}|[^*{]+")]
    private static partial Regex Wildcards();

    private sealed record Rule(Regex File, string Verdict, string Why);
}
