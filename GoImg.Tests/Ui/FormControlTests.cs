using Bunit;
using GoImg.Web.Ui.Forms;

namespace GoImg.Tests.Ui;

public sealed class FormControlTests : BunitContext
{
    [Fact]
    public void Every_control_is_named_by_its_label_and_described_by_its_error_and_its_hint()
    {
        (string Control, AngleSharp.Dom.IElement Field)[] fields =
        [
            ("input", Render<TextField>(Common).Find(".field")),
            ("textarea", Render<TextArea>(Common).Find(".field")),
            ("select", Render<Select>(Common).Find(".field")),
            ("input[type=date]", Render<DatePicker>(Common).Find(".field")),
            ("input", Render<TagInput>(Common).Find(".field")),
        ];

        foreach (var (selector, field) in fields)
        {
            var control = field.QuerySelector(selector)!;
            Assert.Equal(("f-album-title", "album.title"), (control.Id, control.GetAttribute("name")));
            Assert.Equal(control.Id, field.QuerySelector("label")!.GetAttribute("for"));
            Assert.Equal(
                ["Too long.", "Short."],
                control.GetAttribute("aria-describedby")!.Split(' ').Select(id => field.QuerySelector("#" + id)!.TextContent.Trim())
            );
            Assert.Equal("true", control.GetAttribute("aria-invalid"));
            Assert.Equal("x", control.GetAttribute("data-mine"));
        }

        static void Common<T>(ComponentParameterCollectionBuilder<T> p)
            where T : LabelledControl =>
            p.Add(f => f.Label, "Title")
                .Add(f => f.Name, "album.title")
                .Add(f => f.Hint, "Short.")
                .Add(f => f.Error, "Too long.")
                .AddUnmatched("data-mine", "x");
    }

    [Fact]
    public void A_label_that_is_not_seen_is_still_read_out()
    {
        var field = Render<TextField>(p =>
            p.Add(f => f.Label, "Tags to add").Add(f => f.Name, "tags").Add(f => f.Id, "bar-tags").Add(f => f.IsLabelHidden, true)
        );

        Assert.Equal("visually-hidden", field.Find("label[for=bar-tags]").GetAttribute("class"));
        Assert.Equal("bar-tags", field.Find("input").Id);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("file")]
    public void A_password_and_a_chosen_file_are_never_sent_back(string type) =>
        Assert.False(
            Render<TextField>(p => p.Add(f => f.Label, "X").Add(f => f.Name, "x").Add(f => f.Type, type).Add(f => f.Value, "secret"))
                .Find("input")
                .HasAttribute("value")
        );

    [Fact]
    public void A_list_has_the_chosen_one_chosen_without_script()
    {
        var select = Render<Select>(p =>
            p.Add(s => s.Label, "Day")
                .Add(s => s.Name, "day")
                .Add(s => s.NoneText, "Any")
                .Add(s => s.Value, "Friday")
                .Add(s => s.Options, SelectOption.Of<DayOfWeek>(d => d + "s"))
        );

        Assert.Equal(8, select.FindAll("option").Count);
        Assert.Equal("", select.Find("option").GetAttribute("value"));
        Assert.Equal("Fridays", select.Find("option[selected]").TextContent);
        Assert.DoesNotContain("selected selected", select.Markup.Replace("=\"\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_is_written_as_browsers_and_forms_write_it()
    {
        var input = Render<DatePicker>(p =>
                p.Add(d => d.Label, "Until")
                    .Add(d => d.Name, "until")
                    .Add(d => d.Value, new DateOnly(2023, 7, 4))
                    .Add(d => d.Min, new DateOnly(2023, 1, 1))
            )
            .Find("input[type=date]");

        Assert.Equal(("2023-07-04", "2023-01-01"), (input.GetAttribute("value"), input.GetAttribute("min")));
    }

    [Fact]
    public void Tags_are_a_line_of_text_with_words_to_complete_it_from()
    {
        var field = Render<TagInput>(p =>
            p.Add(t => t.Label, "Tags").Add(t => t.Name, "tags").Add(t => t.Value, "sea, winter").Add(t => t.Suggestions, ["boat"])
        );

        var input = field.Find("input");
        Assert.Equal("sea, winter", input.GetAttribute("value"));
        Assert.Equal(["boat"], field.FindAll($"#{input.GetAttribute("list")} option").Select(o => o.GetAttribute("value")));
    }

    [Fact]
    public void A_check_box_is_one_target_with_its_words_and_tells_its_hint()
    {
        var box = Render<CheckBox>(p =>
            p.Add(c => c.Label, "Sensitive").Add(c => c.Name, "sensitive").Add(c => c.IsChecked, true).Add(c => c.Hint, "Covered.")
        );

        var input = box.Find("input[type=checkbox]");
        Assert.True(input.HasAttribute("checked"));
        Assert.Equal(input.Id, box.Find("label").GetAttribute("for"));
        Assert.Equal("Covered.", box.Find("#" + input.GetAttribute("aria-describedby")).TextContent);
    }

    [Fact]
    public void Choices_share_a_question_and_one_of_them_is_chosen()
    {
        var group = Render<ChoiceGroup>(p =>
            p.Add(g => g.Label, "Who can see it")
                .Add(g => g.Name, "visibility")
                .Add(g => g.Error, "Choose one.")
                .AddChildContent<Choice>(c =>
                    c.Add(x => x.Name, "visibility").Add(x => x.Value, "private").Add(x => x.Chosen, "private").Add(x => x.Label, "Only you")
                )
                .AddChildContent<Choice>(c =>
                    c.Add(x => x.Name, "visibility").Add(x => x.Value, "public").Add(x => x.Label, "Everyone").Add(x => x.Icon, "globe")
                )
        );

        Assert.Equal("Who can see it", group.Find("fieldset > legend").TextContent);
        Assert.Equal("private", group.Find("input[checked]").GetAttribute("value"));
        Assert.Equal("Choose one.", group.Find("#" + group.Find("fieldset").GetAttribute("aria-describedby")).TextContent.Trim());
        Assert.Equal("Everyone", group.Find("label.choice strong").TextContent);
    }

    [Fact]
    public void In_an_island_the_parent_hears_of_every_change()
    {
        var heard = new List<object?>();
        Render<TextField>(p => p.Add(f => f.Label, "A").Add(f => f.Name, "a").Add(f => f.ValueChanged, v => heard.Add(v)))
            .Find("input")
            .Change("sea");
        Render<TextArea>(p => p.Add(f => f.Label, "B").Add(f => f.Name, "b").Add(f => f.ValueChanged, v => heard.Add(v)))
            .Find("textarea")
            .Change("salt");
        Render<Select>(p => p.Add(f => f.Label, "C").Add(f => f.Name, "c").Add(f => f.ValueChanged, v => heard.Add(v)))
            .Find("select")
            .Change("Friday");
        Render<CheckBox>(p => p.Add(f => f.Label, "D").Add(f => f.Name, "d").Add(f => f.IsCheckedChanged, v => heard.Add(v)))
            .Find("input")
            .Change(true);
        Render<DatePicker>(p => p.Add(f => f.Label, "E").Add(f => f.Name, "e").Add(f => f.ValueChanged, v => heard.Add(v)))
            .Find("input")
            .Change("2023-07-04");
        Render<DatePicker>(p => p.Add(f => f.Label, "F").Add(f => f.Name, "f").Add(f => f.ValueChanged, v => heard.Add(v))).Find("input").Change("");

        Assert.Equal(["sea", "salt", "Friday", true, new DateOnly(2023, 7, 4), null], heard);
    }

    [Fact]
    public void Each_search_of_a_page_is_a_landmark_with_a_name()
    {
        var box = Render<SearchBox>(p =>
            p.Add(s => s.Action, "/search")
                .Add(s => s.FormLabel, "Images")
                .Add(s => s.Label, "Search images")
                .Add(s => s.Value, "sea")
                .Add(s => s.Key, "/")
        );

        Assert.Equal("Images", box.Find("form[role=search]").GetAttribute("aria-label"));
        Assert.Equal(
            ("q", "sea", "Search images"),
            (box.Find("input").GetAttribute("name"), box.Find("input").GetAttribute("value"), box.Find("input").GetAttribute("aria-label"))
        );
        Assert.Equal("/", box.Find("kbd[aria-hidden=true]").TextContent);
    }
}
