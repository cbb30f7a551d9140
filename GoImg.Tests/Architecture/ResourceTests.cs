using System.Text.RegularExpressions;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.Razor.Language;
using Microsoft.AspNetCore.Razor.Language.Intermediate;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GoImg.Tests.Architecture;

/// <summary>What people read is in resources (docs/adr/0041). Operators' texts (the console, logs, settings) and the API's
/// description are English and stand where they are made.</summary>
public sealed partial class ResourceTests
{
    private static readonly string[] ForReaders = ["GoImg.Web/", "GoImg.Core/", "GoImg.Infrastructure/Rendering/Containers/"];

    // Read by operators or by programs.
    private static readonly string[] NotForReaders =
    [
        "GoImg.Web/Hosting/",
        "GoImg.Web/Commands/",
        "GoImg.Core/Integrity/",
        "GoImg.Web/Ui/Samples/",
        "GoImg.Web/Api/ProblemMapping.cs",
        "GoImg.Web/Http/SecurityHeaders.cs",
        "GoImg.Core/Storage/ObjectMetadata.cs",
        "GoImg.Web/Api/ApiDocument.cs",
        "GoImg.Web/Api/ApiExamples.cs",
        "GoImg.Web/Api/ApiOperations.cs",
        "GoImg.Web/Api/ApiParameters.cs",
        "GoImg.Web/Api/ApiSchemas.cs",
        "GoImg.Web/Uploads/UploadFormDocument.cs",
        // The setting's default sentence, which whoever runs the site replaces by their own; and a link on the console.
        "GoImg.Web/Shell/SiteOptions.cs",
        "GoImg.Web/Accounts/FirstAdminLink.cs",
        // Commands, as a shell reads them.
        "GoImg.Web/Apps/UploadScript.cs",
    ];

    // Arguments of these are for operators, or describe the API.
    private static readonly string[] CallsNotForReaders = ["Holds", "Range", "WithSummary", "WithDescription", "Describe", "Log", "Fail"];

    // Attributes of HTML that are read or heard. Of components all are looked at but those that name something.
    private static readonly string[] SpokenAttributes =
    [
        "title",
        "alt",
        "placeholder",
        "aria-label",
        "aria-description",
        "aria-roledescription",
        "label",
    ];
    private static readonly string[] NamingAttributes =
    [
        "class",
        "style",
        "href",
        "path",
        "url",
        "src",
        "icon",
        "name",
        "value",
        "kind",
        "type",
        "@",
    ];

    public static TheoryData<string> Sources { get; } =
    [
        .. Directory
            .EnumerateFiles(RepositoryPaths.Root, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .Select(file => Path.GetRelativePath(RepositoryPaths.Root, file).Replace('\\', '/'))
            .Where(file => ForReaders.Any(part => file.StartsWith(part, StringComparison.Ordinal)))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => !NotForReaders.Any(part => file.StartsWith(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Texts_are_in_resources(string file)
    {
        var source = File.ReadAllText(Path.Combine(RepositoryPaths.Root, file));
        var texts = (file.EndsWith(".razor", StringComparison.Ordinal) ? InMarkup(file, source) : InCode(source)).Distinct().ToList();

        Assert.True(texts.Count == 0, $"{file} has texts; they belong into a resource beside it:\n{string.Join("\n", texts)}");
    }

    [Fact]
    public void Each_kind_of_thing_that_is_not_there_has_its_sentence()
    {
        var kinds = Directory
            .EnumerateFiles(RepositoryPaths.Root, "*.cs", SearchOption.AllDirectories)
            .Where(file => file.Contains("GoImg.Core/", StringComparison.Ordinal) || file.Contains("GoImg.Web/", StringComparison.Ordinal))
            .SelectMany(file => NotFoundOf().Matches(File.ReadAllText(file)).Select(found => found.Groups[1].Value))
            .Distinct()
            .ToList();

        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind => Assert.Contains($"There is no such {kind},", new NotFound(kind).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_looked_for_is_found()
    {
        const string Markup = """
            <p title="@Title">Hello <a href="/x">there</a></p><Note Kind="danger" Hint="Try again" Icon="x" /><code>goimg verify</code>
            @if (A) {<text> · @B</text>}
            @code { private string Say => F($"{N} images are here"); private string Name => "library"; }
            """;
        Assert.Equal(["Hello", "there", "Try again", "{} images are here"], InMarkup("GoImg.Web/X.razor", Markup));
        Assert.Equal(
            ["{} images are here", "Not now."],
            InCode(
                """class C { void M() { F($"{n} images are here"); throw new E("for the log"); var e = new LostException("for the log, too"); G("Not now."); Holds(false, "Set it so."); H("/a/b c"); R.Headers.X = "public, max-age"; audit.Add(a, "so many jobs"); } string Describe() => "suspended until now"; }"""
            )
        );
    }

    private static IEnumerable<string> InMarkup(string file, string source)
    {
        var engine = RazorProjectEngine.Create(
            RazorConfiguration.Default,
            RazorProjectFileSystem.Create(RepositoryPaths.Root),
            builder =>
            {
                // They join elements that are the same each time into one piece, in which attributes can't be told from texts.
                foreach (var pass in builder.Features.Where(f => f.GetType().Name.StartsWith("ComponentMarkup", StringComparison.Ordinal)).ToList())
                    builder.Features.Remove(pass);
            }
        );
        var document = engine.Process(
            RazorSourceDocument.Create(source, Path.GetFileName(file)),
            FileKinds.Component,
            importSources: [],
            tagHelpers: []
        );
        var found = new List<string>();
        Visit(document.GetDocumentIntermediateNode());
        return found;

        void Visit(IntermediateNode node)
        {
            switch (node)
            {
                case MarkupElementIntermediateNode { TagName: "code" or "script" or "style" or "svg" or "kbd" }:
                    return;
                case HtmlAttributeIntermediateNode attribute:
                    var value = string.Join(' ', Tokens(attribute, TokenKind.Html));
                    if (Letters().IsMatch(value) && IsSpoken(attribute.AttributeName, value))
                        found.Add(value);
                    found.AddRange(Tokens(attribute, TokenKind.CSharp).SelectMany(InCode));
                    return;
                case IntermediateToken { Kind: TokenKind.Html } html when Letters().IsMatch(html.Content):
                    // What Razor 6 leaves of a switch is markup to it.
                    if (!EndTag().IsMatch(html.Content) && !html.Content.TrimStart().StartsWith("break;", StringComparison.Ordinal))
                        found.Add(html.Content.Trim());
                    return;
                case IntermediateToken { Kind: TokenKind.CSharp } code:
                    found.AddRange(InCode(code.Content));
                    return;
            }

            foreach (var child in node.Children)
                Visit(child);
        }
    }

    private static IEnumerable<string> Tokens(IntermediateNode node, TokenKind kind) =>
        node.FindDescendantNodes<IntermediateToken>().Where(token => token.Kind == kind).Select(token => token.Content);

    private static bool IsSpoken(string name, string value) =>
        SpokenAttributes.Contains(name)
        || (
            char.IsUpper(name[0])
            && !NamingAttributes.Any(naming => name.EndsWith(naming, StringComparison.OrdinalIgnoreCase))
            && (Sentence().IsMatch(value) || char.IsUpper(value.Trim()[0]))
            && !Member().IsMatch(value)
            && !Identifier().IsMatch(value)
            && value != name
            && !(name[0] == 'T' && (name.Length == 1 || char.IsUpper(name[1])))
        );

    private static IEnumerable<string> InCode(string source) =>
        CSharpSyntaxTree
            .ParseText(source, new CSharpParseOptions(kind: SourceCodeKind.Script))
            .GetRoot()
            .DescendantNodes(node => node is not AttributeListSyntax and not ThrowStatementSyntax and not ThrowExpressionSyntax && !IsForOthers(node))
            .Select(node =>
                node switch
                {
                    LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => literal.Token.ValueText,
                    InterpolatedStringExpressionSyntax interpolated => string.Concat(
                        interpolated.Contents.Select(c => c is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : "{}")
                    ),
                    _ => "",
                }
            )
            .Where(text =>
                Sentence().IsMatch(text)
                && !text.TrimStart().StartsWith('<')
                && !text.Contains('=', StringComparison.Ordinal)
                && !text.StartsWith('/')
            );

    // An exception's message, or why a job is tried again: both go into the log and to the staff's page of jobs.
    private static bool IsForTheLog(SyntaxNode node) =>
        node switch
        {
            ObjectCreationExpressionSyntax made => made.Type.ToString(),
            PrimaryConstructorBaseTypeSyntax constructed => constructed.Type.ToString(),
            _ => "",
        }
            is { } name
        && (name.EndsWith("Exception", StringComparison.Ordinal) || name is "JobOutcome.Retry" or "JobOutcome.Snooze");

    private static bool IsHeader(SyntaxNode node) =>
        node is AssignmentExpressionSyntax { Left: { } target } && target.ToString().Contains(".Headers", StringComparison.Ordinal);

    // What happened, as it is stored for staff: it must read alike whoever did it.
    private static bool IsForTheAuditLog(SyntaxNode node) =>
        node
            is MethodDeclarationSyntax { Identifier.ValueText: "Describe" }
                or InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "audit" } },
                };

    private static bool IsForOthers(SyntaxNode node) =>
        IsForTheLog(node)
        || IsForTheAuditLog(node)
        || IsHeader(node)
        || node is InvocationExpressionSyntax call
            && call.Expression switch
            {
                MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
                IdentifierNameSyntax name => name.Identifier.ValueText,
                _ => "",
            }
                is { } called
            && CallsNotForReaders.Any(exempt => called.StartsWith(exempt, StringComparison.Ordinal));

    [GeneratedRegex("NotFound\\(\"([^\"]+)\"\\)")]
    private static partial Regex NotFoundOf();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Letters();

    // Words with a space between them, of which one at least is written as words are.
    [GeneratedRegex(@"\p{L}{2,}[,.:;!?”]? \p{Ll}{2,}|^\p{Lu}\p{Ll}+[.!?…]$|\} \p{Ll}{2,}")]
    private static partial Regex Sentence();

    // A value that is code, which Razor knows by the parameter's type.
    [GeneratedRegex(@"^\w+[.!?]+[A-Za-z]\w*")]
    private static partial Regex Member();

    [GeneratedRegex(@"^\p{Lu}\p{Ll}+\p{Lu}\w*$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^\s*<[/!]?[A-Za-z]")]
    private static partial Regex EndTag();
}
