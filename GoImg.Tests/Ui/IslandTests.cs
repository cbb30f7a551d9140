using Bunit;
using GoImg.Web.Ui;
using GoImg.Web.Ui.Forms;
using GoImg.Web.Ui.Islands;
using GoImg.Web.Ui.Samples;
using GoImg.Web.Ui.Tables;
using MudBlazor;
using MudBlazor.Services;

namespace GoImg.Tests.Ui;

/// <summary>Inside an <see cref="Island"/> the same components are MudBlazor's where those do more; outside of one nothing of it is there.</summary>
public sealed class IslandTests : IAsyncDisposable
{
    private readonly BunitContext _browser = new();

    public IslandTests()
    {
        _browser.Services.AddMudServices();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    [Fact]
    public void A_table_is_a_grid_that_sorts_what_has_a_value_and_draws_only_rows_in_sight()
    {
        var island = Render<DataTable<SampleBoat>>(p =>
            p.Add(t => t.Label, "Boats")
                .Add(t => t.Rows, SampleBoat.All)
                .Add(
                    t => t.Columns,
                    builder =>
                    {
                        builder.OpenComponent<BoatColumns>(0);
                        builder.CloseComponent();
                    }
                )
        );

        Assert.True(island.FindComponent<MudDataGrid<SampleBoat>>().Instance.Virtualize);
        Assert.Equal(["Boat", "Harbour", "Images", "Since"], island.FindAll("thead button.sort").Select(b => b.TextContent));
        Assert.Equal("Boats", island.Find("table").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task A_day_is_chosen_from_a_calendar_and_told_as_a_day()
    {
        DateOnly? chosen = null;
        var island = Render<DatePicker>(p => p.Add(d => d.Label, "Until").Add(d => d.Name, "until").Add(d => d.ValueChanged, v => chosen = v));

        var picker = island.FindComponent<MudDatePicker>();
        await picker.InvokeAsync(() => picker.Instance.DateChanged.InvokeAsync(new DateTime(2023, 7, 4)));

        Assert.Equal(new DateOnly(2023, 7, 4), chosen);
        Assert.Equal(picker.Instance.InputId, island.Find("label").GetAttribute("for"));
    }

    [Fact]
    public async Task Tags_are_chips_to_take_away_and_a_field_that_adds_each_once()
    {
        string? line = null;
        var island = Render<TagInput>(p =>
            p.Add(t => t.Label, "Tags")
                .Add(t => t.Name, "tags")
                .Add(t => t.Value, "sea, winter")
                .Add(t => t.Suggestions, ["boat", "bow", "sea"])
                .Add(t => t.ValueChanged, v => line = v)
        );
        var field = island.FindComponent<MudAutocomplete<string>>();

        await field.InvokeAsync(() => field.Instance.ValueChanged.InvokeAsync("boat"));
        Assert.Equal("sea, winter, boat", line);
        await field.InvokeAsync(() => field.Instance.ValueChanged.InvokeAsync("sea"));
        Assert.Equal("sea, winter", line);
        island.Find("button[aria-label='Remove sea']").Click();
        Assert.Equal("winter", line);
    }

    [Fact]
    public async Task What_is_typed_is_offered_before_the_tags_that_begin_so()
    {
        var island = Render<TagInput>(p =>
            p.Add(t => t.Label, "Tags").Add(t => t.Name, "tags").Add(t => t.Value, "bow").Add(t => t.Suggestions, ["boat", "bow", "sea"])
        );

        var offered = await island.FindComponent<MudAutocomplete<string>>().Instance.SearchFunc!("bo", CancellationToken.None)!;

        Assert.Equal(["bo", "boat"], offered);
    }

    [Fact]
    public void Hint_and_error_describe_the_library_s_fields_too()
    {
        var island = _browser.Render<Island>(p =>
            p.AddChildContent<DatePicker>(d =>
                    d.Add(x => x.Label, "Until").Add(x => x.Name, "until").Add(x => x.Hint, "A day.").Add(x => x.Error, "Too early.")
                )
                .AddChildContent<TagInput>(t => t.Add(x => x.Label, "Tags").Add(x => x.Name, "tags").Add(x => x.Hint, "One at a time."))
        );

        Assert.Equal("f-until-error f-until-hint", island.Find("#f-until").GetAttribute("aria-describedby"));
        Assert.Equal("true", island.Find("#f-until").GetAttribute("aria-invalid"));
        Assert.Equal("f-tags-hint", island.Find("#f-tags").GetAttribute("aria-describedby"));
    }

    [Fact]
    public void A_dialog_opens_by_its_parameter_and_asks_to_be_closed()
    {
        var isOpen = true;
        var island = Render<Dialog>(p =>
            p.Add(d => d.Id, "ask")
                .Add(d => d.Title, "Delete it?")
                .Add(d => d.IsOpen, true)
                .Add(d => d.IsOpenChanged, open => isOpen = open)
                .AddChildContent("<p>For good.</p>")
        );

        Assert.Equal("Delete it?", island.WaitForElement("#ask-title").TextContent);
        Assert.Equal("ask-title", island.Find("[role=dialog]").GetAttribute("aria-labelledby"));
        island.Find("button[aria-label=Close]").Click();
        Assert.False(isOpen);
    }

    [Fact]
    public async Task A_toast_tells_and_its_action_is_called()
    {
        var isUndone = false;
        var island = _browser.Render<Island>();

        await island.InvokeAsync(() =>
            island.Instance.ShowToast(
                "Moved to trash.",
                "Undo",
                () =>
                {
                    isUndone = true;
                    return Task.CompletedTask;
                }
            )
        );

        Assert.Contains("Moved to trash.", island.WaitForElement(".mud-snackbar").TextContent, StringComparison.Ordinal);
        island.Find(".mud-snackbar button").Click();
        island.WaitForAssertion(() => Assert.True(isUndone));
    }

    [Fact]
    public void What_the_browser_does_well_stays_plain()
    {
        var island = _browser.Render<Island>(p =>
            p.AddChildContent<GoImg.Web.Ui.Button>(b => b.AddChildContent("Save"))
                .AddChildContent<Select>(s => s.Add(x => x.Label, "Day").Add(x => x.Name, "day"))
                .AddChildContent<TextField>(s => s.Add(x => x.Label, "Title").Add(x => x.Name, "title"))
                .AddChildContent<GoImg.Web.Ui.Forms.CheckBox>(s => s.Add(x => x.Label, "Yes").Add(x => x.Name, "yes"))
                .AddChildContent<Menu>(s => s.Add(x => x.Label, "More"))
        );

        Assert.Equal(5, island.FindAll("button.button, select.input, input.input, .check input, details.menu-local").Count);
    }

    private IRenderedComponent<Island> Render<TComponent>(Action<ComponentParameterCollectionBuilder<TComponent>> parameters)
        where TComponent : Microsoft.AspNetCore.Components.IComponent => _browser.Render<Island>(p => p.AddChildContent(parameters));
}
