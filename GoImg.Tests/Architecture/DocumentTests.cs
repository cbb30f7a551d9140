using System.Globalization;
using System.Text.RegularExpressions;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Architecture;

/// <summary>The decisions and their index say the same, and no document leads nowhere.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Decisions = Path.Combine(RepositoryPaths.Root, "docs", "adr");

    [Fact]
    public void Every_decision_has_a_number_of_its_own_which_its_file_and_its_headline_say()
    {
        var decisions = Files().Select(file => (Name: Path.GetFileName(file), Number: NumberOf(file), Headline: Headline(file))).ToList();

        Assert.All(decisions, d => Assert.Equal(d.Number, int.Parse(d.Headline.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)));
        Assert.Empty(decisions.GroupBy(d => d.Number).Where(same => same.Count() > 1).Select(same => string.Join(", ", same.Select(d => d.Name))));
    }

    [Fact]
    public void The_index_of_decisions_has_each_with_its_title_and_state_in_the_order_of_numbers()
    {
        var expected = Files()
            .OrderBy(NumberOf)
            .Select(file =>
            {
                var superseded = Superseded().Match(File.ReadAllText(file));
                var state = superseded.Success ? $"superseded by {superseded.Groups["link"].Value}" : "stands";
                return $"| [{NumberOf(file)}]({Path.GetFileName(file)}) | {Headline(file).Groups["title"].Value} | {state} |";
            });

        var lines = File.ReadLines(Path.Combine(Decisions, "README.md")).Where(line => line.StartsWith("| [", StringComparison.Ordinal));

        Assert.Equal(expected, lines);
    }

    [Fact]
    public void Every_link_from_a_document_to_a_file_leads_to_one()
    {
        var broken =
            from document in Directory
                .EnumerateFiles(RepositoryPaths.Root, "*.md")
                .Concat(Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "docs"), "*.md", SearchOption.AllDirectories))
            from Match link in Link().Matches(File.ReadAllText(document))
            let target = Path.Combine(Path.GetDirectoryName(document)!, link.Groups["target"].Value)
            where !Path.Exists(target)
            select $"{Path.GetRelativePath(RepositoryPaths.Root, document)}: {link.Value}";

        Assert.Empty(broken);
    }

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Decisions, "*.md").Where(file => !file.EndsWith("README.md", StringComparison.Ordinal));

    private static int NumberOf(string file) => int.Parse(Path.GetFileName(file).Split('-')[0], CultureInfo.InvariantCulture);

    private static Match Headline(string file) => Title().Match(File.ReadLines(file).First());

    [GeneratedRegex(@"^# (?<number>\d+)\. (?<title>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Title();

    [GeneratedRegex(@"^\*\*Superseded by (?<link>\[[^\]]+\]\([^)]+\))", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Superseded();

    // Not to other sites, and not to a headline of the same page.
    [GeneratedRegex(@"\]\((?!https?:|mailto:|#|/)(?<target>[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
