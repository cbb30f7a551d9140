using System.Text.RegularExpressions;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Architecture;

/// <summary>What scripts say comes with the page (<c>js/texts.js</c>), in its language.</summary>
public sealed partial class ScriptTextTests
{
    private static readonly string Scripts = Path.Combine(RepositoryPaths.Web, "wwwroot/js");

    public static TheoryData<string> Files { get; } =
    [
        .. Directory
            .EnumerateFiles(Scripts, "*.js", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Scripts, file).Replace('\\', '/'))
            // Mends a page that is English throughout.
            .Where(file => file != "api-docs.js")
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Texts_of_scripts_are_in_resources(string file) => Assert.Empty(TextsIn(File.ReadAllText(Path.Combine(Scripts, file))));

    [Fact]
    public void What_is_looked_for_is_found()
    {
        const string Source = """
            // Said by nobody.
            words.textContent = `${n} were chosen`; toast("Not now."); button.title = "Close";
            page.querySelector("input, textarea"); dialog.innerHTML = `<b class="bar wide">Try again</b>`; throw new Error("It broke badly.");
            box.setAttribute("aria-label", "Server");
            """;
        Assert.Equal([" were chosen", "Not now.", "Close", "Try again", "Server"], TextsIn(Source));
    }

    [Fact]
    public void Every_text_a_script_asks_for_is_there_and_every_one_that_is_there_is_asked_for()
    {
        var resource = File.ReadAllText(Path.Combine(RepositoryPaths.Web, "Localization/ScriptTexts.resx"));
        var keys = Key().Matches(resource).Select(key => key.Groups[1].Value).Order(StringComparer.Ordinal);
        var asked = Files
            .SelectMany(file => Asked().Matches(File.ReadAllText(Path.Combine(Scripts, file.Data))))
            .Select(key => key.Groups[1].Value)
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(keys, asked);
    }

    private static IEnumerable<string> TextsIn(string source)
    {
        foreach (Match token in Token().Matches(source))
        {
            if (token.Value[0] is '/' || ForPrograms().IsMatch(source[..token.Index]))
                continue;
            var text = NotText().Replace(token.Value[1..^1], "");
            if (Sentence().IsMatch(text) || (Spoken().IsMatch(source[..token.Index]) && Letters().IsMatch(text)))
                yield return text;
        }
    }

    // Comments, so that quotes in them begin nothing, and strings.
    [GeneratedRegex("""//[^\n]*|/\*[\s\S]*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""")]
    private static partial Regex Token();

    // Selectors, classes, and errors that are for the console.
    [GeneratedRegex(@"(\.(querySelector|querySelectorAll|closest|matches)(\?\.)?\(|Error\(|\btyping = |\bitems = |\.className = )$")]
    private static partial Regex ForPrograms();

    // Elements and places of a template, and values of styles.
    [GeneratedRegex(@"<[^>]*>|\$\{[^}]*\}|\S+ var\(--.*")]
    private static partial Regex NotText();

    [GeneratedRegex(@"(\.(textContent|title|placeholder|ariaLabel|alt) = |setAttribute\(""(aria-label|title|placeholder|alt)"", )$")]
    private static partial Regex Spoken();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\p{L}{2,}[,.:;!?”]? \p{Ll}{2,}|^\p{Lu}\p{Ll}+( \p{Ll}+)*[.!?…]$|^ \p{Ll}{2,}")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"<data name=""(\w+)""")]
    private static partial Regex Key();

    [GeneratedRegex(@"\b(?:text|label)\(""(\w+)""")]
    private static partial Regex Asked();
}
