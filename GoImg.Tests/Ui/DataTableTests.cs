using Bunit;
using GoImg.Core.Shared;
using GoImg.Web.Ui.Samples;
using GoImg.Web.Ui.Tables;
using Microsoft.AspNetCore.Components;

namespace GoImg.Tests.Ui;

public sealed class DataTableTests : BunitContext
{
    private static readonly RenderFragment Boats = builder =>
    {
        builder.OpenComponent<BoatColumns>(0);
        builder.CloseComponent();
    };

    [Fact]
    public void A_table_has_a_caption_headings_of_columns_and_of_rows_and_a_frame_that_keys_can_scroll()
    {
        var table = Table(p => p.Add(t => t.Rows, SampleBoat.All).Add(t => t.BodyId, "boats"));

        Assert.Equal("Boats", table.Find("[role=region][tabindex='0'] > table > caption").TextContent);
        Assert.Equal("Boats", table.Find("[role=region]").GetAttribute("aria-label"));
        Assert.Equal(["Boat", "Harbour", "Images", "Since", "Actions"], table.FindAll("thead th[scope=col]").Select(th => th.TextContent));
        Assert.Equal(SampleBoat.All.Select(b => b.Name), table.FindAll("tbody#boats th[scope=row]").Select(th => th.TextContent));
        Assert.Equal("2019-05-02", table.Find("tbody td.nowrap").TextContent);
        Assert.Equal("1204", table.Find("tbody td.number").TextContent);
    }

    [Fact]
    public void Headings_that_sort_are_links_that_say_the_order_and_lead_to_the_other()
    {
        var table = Table(p =>
            p.Add(t => t.Rows, SampleBoat.All)
                .Add(t => t.Sort, new TableSort("name"))
                .Add(t => t.SortUrl, sort => $"/boats?by={sort.Key}&down={sort.IsDescending}")
        );

        Assert.Equal("ascending", table.Find("thead th").GetAttribute("aria-sort"));
        Assert.Single(table.FindAll("[aria-sort]"));
        Assert.Equal(["/boats?by=name&down=True", "/boats?by=images&down=False"], table.FindAll("thead a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void Pressed_twice_a_heading_goes_down_and_then_up_again()
    {
        var up = TableSort.Next(null, "name");
        var down = TableSort.Next(up, "name");

        Assert.Equal(
            [new("name"), new("name", true), new("name"), new("images")],
            [up, down, TableSort.Next(down, "name"), TableSort.Next(down, "images")]
        );
    }

    [Fact]
    public void A_table_that_is_stacked_on_phones_stays_a_table_to_those_who_hear_it()
    {
        var table = Table(p => p.Add(t => t.Rows, SampleBoat.All).Add(t => t.IsStackedOnPhones, true));

        Assert.Equal("table", table.Find("table").GetAttribute("role"));
        Assert.All(table.FindAll("tbody tr"), row => Assert.Equal("row", row.GetAttribute("role")));
        Assert.Equal(
            ["Harbour", "Images", "Since", null],
            table.FindAll("tbody tr:first-child td[role=cell]").Select(td => td.GetAttribute("data-heading"))
        );
    }

    [Fact]
    public void Before_the_rows_come_without_any_and_when_they_could_not_be_read_it_says_so()
    {
        Assert.Equal("Loading…", Table(_ => { }).Find("[role=status]").TextContent);
        Assert.Equal("none", Table(p => p.Add(t => t.Rows, []).Add(t => t.Empty, "<p>none</p>")).Find("p").TextContent);
        Assert.Equal(
            "/again",
            Table(p => p.Add(t => t.Error, new NotFound("list")).Add(t => t.RetryUrl, "/again")).Find("[role=alert] a").GetAttribute("href")
        );
    }

    [Fact]
    public void Columns_may_stand_in_the_table_itself()
    {
        var table = Render<DataTable<string>>(p =>
            p.Add(t => t.Label, "Words")
                .Add(t => t.Rows, ["mast"])
                .Add<DataColumn<string>>(t => t.Columns, c => c.Add(x => x.Title, "Word").Add(x => x.Value, word => word))
        );

        Assert.Equal("mast", table.Find("tbody td").TextContent);
    }

    private IRenderedComponent<DataTable<SampleBoat>> Table(Action<ComponentParameterCollectionBuilder<DataTable<SampleBoat>>> more) =>
        Render<DataTable<SampleBoat>>(p =>
        {
            p.Add(t => t.Label, "Boats").Add(t => t.Columns, Boats);
            more(p);
        });
}
