using System.Text.RegularExpressions;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Architecture;

/// <summary>Styles follow the direction of reading: start and end, never left and right.</summary>
public sealed partial class StyleDirectionTests
{
    private static readonly string Styles = Path.Combine(RepositoryPaths.Web, "wwwroot/css");

    public static TheoryData<string> Files { get; } =
    [.. Directory.EnumerateFiles(Styles, "*.css").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void No_style_names_a_side_of_the_screen(string file) => Assert.Empty(SidesIn(File.ReadAllText(Path.Combine(Styles, file))));

    [Fact]
    public void What_is_looked_for_is_found()
    {
        const string Style = """
            a { margin-left: 1px; color: red } /* left: 0 */
            b:hover { inset: 0 auto 0 1px; text-align: right; padding: 0 max(1px, env(safe-area-inset-right)) 0 max(1px, env(safe-area-inset-left)); }
            c { border-top-left-radius: 2px; border-radius: 2px 2px 0 0; padding: 1px 2px 3px 2px; border-radius: 0 2px 2px 0 }
            """;
        Assert.Equal(
            ["margin-left: 1px", "inset: 0 auto 0 1px", "text-align: right", "border-top-left-radius: 2px", "border-radius: 0 2px 2px 0"],
            SidesIn(Style)
        );
    }

    private static IEnumerable<string> SidesIn(string style) =>
        Declaration()
            .Matches(Comment().Replace(style, ""))
            .Where(declaration => NamesSide(declaration.Groups[1].Value, declaration.Groups[2].Value.Trim()))
            .Select(declaration => $"{declaration.Groups[1].Value}: {declaration.Groups[2].Value.Trim()}");

    private static bool NamesSide(string property, string value)
    {
        if (Side().IsMatch(property) || (property is "text-align" or "float" or "clear" && value is "left" or "right"))
            return true;
        // Where the screen has a notch is its own matter.
        var parts = Parts(SafeArea().Replace(value, ""));
        return property switch
        {
            "inset" or "margin" or "padding" => parts.Count == 4 && parts[1] != parts[3],
            "border-radius" => parts.Count == 4 && (parts[0] != parts[1] || parts[2] != parts[3]),
            _ => false,
        };
    }

    private static List<string> Parts(string value)
    {
        var parts = new List<string>();
        var (depth, begin) = (0, 0);
        for (var i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && (value[i] != ' ' || depth > 0))
            {
                depth +=
                    value[i] is '(' ? 1
                    : value[i] is ')' ? -1
                    : 0;
                continue;
            }

            if (i > begin)
                parts.Add(value[begin..i]);
            begin = i + 1;
        }

        return parts;
    }

    [GeneratedRegex(@"/\*[\s\S]*?\*/")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<=[{;\s])([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])")]
    private static partial Regex Declaration();

    [GeneratedRegex("^(left|right)$|^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)|^border-(top|bottom)-(left|right)-radius$")]
    private static partial Regex Side();

    [GeneratedRegex(@"env\(safe-area-inset-(left|right)\)")]
    private static partial Regex SafeArea();
}
