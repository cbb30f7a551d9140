using System.Text.RegularExpressions;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Architecture;

/// <summary>Pages are written with the components of Ui/; docs/UI.md says which stands for what.</summary>
public sealed partial class MarkupTests
{
    private static readonly (string What, Regex Raw)[] Patterns =
    [
        ("<button>: Button, IconButton, MenuItem", Tag("button")),
        ("<select>: Select", Tag("select")),
        ("<textarea>: TextArea", Tag("textarea")),
        ("<table>: DataTable", Tag("table")),
        ("<dialog>: Dialog", Tag("dialog")),
        ("<input>: TextField, CheckBox, Choice, DatePicker, TagInput, SearchBox, FileButton", VisibleInput()),
        ("<Field> that draws its control: TextField, TextArea", FieldAlone()),
        ("a class of Ui/: Button, Card, Chip, Badge, Tabs, Menu, CheckBox, Choice, Progress", OwnClass()),
    ];

    [Fact]
    public void Outside_of_Ui_pages_name_components_and_draw_no_controls_themselves()
    {
        var found = from source in Pages() from pattern in Patterns where pattern.Raw.IsMatch(source.Text) select $"{source.Path}: {pattern.What}";

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("<a class=\"button\" href=\"/\">x</a>")]
    [InlineData("<summary class=\"button button-icon\">")]
    [InlineData("<form class=\"card stack\">")]
    [InlineData("<div class=\"page-narrow card stack\">")]
    [InlineData("<input name=\"q\" />")]
    [InlineData("<input class=\"input\" @onchange=\"e => X(e)\" />")]
    [InlineData("<button>")]
    [InlineData("<Field Label=\"Title\" Name=\"title\" Error=\"@ErrorText.For(error, \"title\")\" />")]
    public void A_control_drawn_by_hand_is_found(string markup) => Assert.Contains(Patterns, pattern => pattern.Raw.IsMatch(markup));

    [Theory]
    [InlineData("<Button Class=\"only-desk\">x</Button>")]
    [InlineData("<input type=\"hidden\" name=\"id\" value=\"@id\" />")]
    [InlineData("<input type=\"text\" name=\"username\" autocomplete=\"username\" hidden />")]
    [InlineData("<Field Label=\"Position\" Name=\"place\"><Control Context=\"c\"><PlacePicker Id=\"@c.Id\" /></Control></Field>")]
    [InlineData("<span class=\"choice-hint\">")]
    [InlineData("<nav class=\"tag-row\">")]
    [InlineData("<DataTable Label=\"x\" />")]
    public void What_is_no_control_is_left_alone(string markup) => Assert.DoesNotContain(Patterns, pattern => pattern.Raw.IsMatch(markup));

    private static IEnumerable<(string Path, string Text)> Pages() =>
        DependencyTests
            .Sources(RepositoryPaths.Web)
            .Where(source => source.Path.EndsWith(".razor", StringComparison.Ordinal) && !source.Path.StartsWith("Ui/", StringComparison.Ordinal));

    private static Regex Tag(string name) => new($@"<{name}\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    [GeneratedRegex("""<input\b(?!(?:(?!/>).)*(?:type="hidden"|\shidden\b))""", RegexOptions.Singleline)]
    private static partial Regex VisibleInput();

    [GeneratedRegex("""<Field\b(?:[^>"]|"[^"]*")*/>""")]
    private static partial Regex FieldAlone();

    [GeneratedRegex("""\bclass="[^"]*(?<![\w-])(?:button(?:-\w+)?|card|tag|badge|tabs|menu|menu-local|check|choice|meter|input)(?![\w-])""")]
    private static partial Regex OwnClass();
}
