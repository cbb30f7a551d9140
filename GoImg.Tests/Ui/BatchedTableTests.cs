using Bunit;
using GoImg.Core.Shared;
using GoImg.Web.Ui.Islands;
using GoImg.Web.Ui.Tables;
using MudBlazor.Services;

namespace GoImg.Tests.Ui;

public sealed class BatchedTableTests : IAsyncDisposable
{
    private static readonly Cursor More = new(DateTimeOffset.UnixEpoch, Guid.Empty);

    private readonly BunitContext _browser = new();
    private readonly Queue<TaskCompletionSource<Result<Page<string>>>> _answers = [];
    private readonly List<Cursor?> _asked = [];

    public BatchedTableTests()
    {
        _browser.Services.AddMudServices();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    [Fact]
    public async Task Until_the_rows_are_there_it_says_so_and_then_shows_them()
    {
        var first = Answer();
        var grid = Render();
        Assert.Contains("Loading…", grid.Markup, StringComparison.Ordinal);

        await grid.InvokeAsync(() => first.SetResult(new Page<string>(["mast", "oar"], null)));

        grid.WaitForAssertion(() => Assert.Contains("2 words.", grid.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(["Word"], grid.FindAll("thead button.sort").Select(b => b.TextContent));
        Assert.Equal("Words", grid.Find("table").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task More_is_asked_for_where_the_last_page_ended()
    {
        var (first, second) = (Answer(), Answer());
        var grid = Render();
        await grid.InvokeAsync(() => first.SetResult(new Page<string>(["mast"], More)));
        grid.WaitForElement("button.button-small").Click();

        await grid.InvokeAsync(() => second.SetResult(new Page<string>([], null)));

        grid.WaitForAssertion(() => Assert.Equal("1 word.", grid.Find("[role=status]").TextContent));
        Assert.Empty(grid.FindAll("button.button-small"));
        Assert.Equal([null, More], _asked);
    }

    [Fact]
    public async Task Nothing_read_at_all_offers_another_try()
    {
        var first = Answer();
        var grid = Render();

        await grid.InvokeAsync(() => first.SetResult(new NotFound("list")));

        Assert.Equal("/again", grid.WaitForElement("a.button").GetAttribute("href"));
    }

    [Fact]
    public async Task What_is_there_stays_when_more_can_t_be_read()
    {
        var (first, second) = (Answer(), Answer());
        var grid = Render();
        await grid.InvokeAsync(() => first.SetResult(new Page<string>(["mast"], More)));
        grid.WaitForElement("button.button-small").Click();

        await grid.InvokeAsync(() => second.SetResult(new NotFound("list")));

        grid.WaitForElement("[role=alert]");
        Assert.Contains("The first 1 word;", grid.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(grid.FindAll("button.button-small"));
    }

    private TaskCompletionSource<Result<Page<string>>> Answer()
    {
        var answer = new TaskCompletionSource<Result<Page<string>>>();
        _answers.Enqueue(answer);
        return answer;
    }

    private IRenderedComponent<Island> Render() =>
        _browser.Render<Island>(island =>
            island.AddChildContent<BatchedTable<string>>(table =>
                table
                    .Add(t => t.Label, "Words")
                    .Add(t => t.Count, "{0, plural, one {# word} other {# words}}")
                    .Add(t => t.FailedTitle, "No words")
                    .Add(t => t.RetryUrl, "/again")
                    .Add(t => t.EmptyText, "None")
                    .Add(t => t.MoreText, "More")
                    .Add<DataColumn<string>>(
                        t => t.Columns,
                        column => column.Add(c => c.Title, "Word").Add(c => c.Value, word => word.ToUpperInvariant())
                    )
                    .Add(
                        t => t.Read,
                        (after, _) =>
                        {
                            _asked.Add(after);
                            return _answers.Dequeue().Task;
                        }
                    )
            )
        );
}
