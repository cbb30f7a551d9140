using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Search;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Api;

/// <summary>What lists of images hold, and what of others' private things can be learned from the API: nothing.</summary>
public sealed class ListsApiTests : IAsyncLifetime
{
    private GoImgApp _app = null!;
    private ApiClient _visitor = null!;
    private ApiClient _ana = null!;
    private ApiClient _ben = null!;
    private MemberClient _anaHerself = null!;
    private Image _sea = null!;
    private Image _boat = null!;
    private Image _diary = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await GoImgApp.StartAsync();
        _anaHerself = await _app.SignUpAsync("ana");
        var ben = await _app.SignUpAsync("ben");
        (_visitor, _ana, _ben) = (new(_app), new(_app), new(_app));
        await _ana.SignInAsync("ana");
        await _ben.SignInAsync("ben");
        _sea = await _anaHerself.HasImageAsync(seed: 1);
        _boat = await ben.HasImageAsync(seed: 2);
        _diary = await _anaHerself.HasImageAsync(Visibility.Private, seed: 3);
        await _ana.SendAsync(HttpMethod.Patch, $"images/{_sea.Id}", new { title = "The sea", tags = new[] { "sea", "blue" } });
        await _ben.SendAsync(HttpMethod.Patch, $"images/{_boat.Id}", new { title = "A boat at sea", tags = new[] { "sea" } });
        await _ana.SendAsync(HttpMethod.Patch, $"images/{_diary.Id}", new { title = "Diary of the sea", tags = new[] { "sea" } });
        await _app.InScopeAsync<IServiceProvider, bool>(async services =>
        {
            var ids = await services.GetRequiredService<GoImgDbContext>().Images.Select(i => i.Id).ToListAsync(Token);
            await services.GetRequiredService<SearchIndex>().UpdateAsync(ids, Token);
            return (await services.GetRequiredService<IUnitOfWork>().CommitAsync(Token)).IsSuccess;
        });
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        _ana.Dispose();
        _ben.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Every_filter_narrows_and_filters_hold_together()
    {
        var (ana, ben) = (_sea.OwnerId, _boat.OwnerId);

        Assert.Equal([_boat.Id, _sea.Id], await IdsAsync(_visitor, "images"));
        Assert.Equal([_sea.Id, _boat.Id], await IdsAsync(_visitor, "images?order=asc"));
        Assert.Equal([_boat.Id], await IdsAsync(_visitor, $"images?owner_id={ben}"));
        Assert.Equal([_sea.Id], await IdsAsync(_visitor, "images?tags=sea,blue"));
        Assert.Equal([_sea.Id], await IdsAsync(_visitor, $"images?owner_id={ana}&tags=sea"));
        Assert.Equal([_boat.Id, _sea.Id], await IdsAsync(_visitor, "images?q=sea&sort=created_at"));
        Assert.Equal([_sea.Id], await IdsAsync(_visitor, "images?q=sea&tags=blue"));
        Assert.Equal([_boat.Id], await IdsAsync(_visitor, $"images?q=sea&owner_id={ben}"));
        Assert.Equal([_boat.Id, _sea.Id], await IdsAsync(_visitor, "tags/SEA/images"));
        Assert.Equal([_boat.Id, _sea.Id], await IdsAsync(_visitor, "explore/recent"));
    }

    [Fact]
    public async Task What_is_private_is_in_its_owners_list_and_in_no_others()
    {
        foreach (
            var list in new[] { "images", "explore/recent", "tags/sea/images", "images?q=sea", "images/search?q=sea", $"users/{_sea.OwnerId}/images" }
        )
        foreach (var other in new[] { _visitor, _ben })
            Assert.DoesNotContain(_diary.Id, await IdsAsync(other, list));

        Assert.Contains(_diary.Id, await IdsAsync(_ana, $"users/{_sea.OwnerId}/images"));
        Assert.Contains(_diary.Id, await IdsAsync(_ana, "images/search?q=diary"));
    }

    // Every operation on what can be private, and the field its body needs.
    private static readonly (string Method, string Path, string? Field)[] OnPrivateThings =
    [
        ("GET", "images/{image}/likes", null),
        ("POST", "images/{image}/like", null),
        ("DELETE", "images/{image}/like", null),
        ("GET", "images/{image}/comments", null),
        ("POST", "images/{image}/comments", "text"),
        ("GET", "comments/{comment}", null),
        ("PATCH", "comments/{comment}", "text"),
        ("DELETE", "comments/{comment}", null),
        ("GET", "albums/{album}", null),
        ("PUT", "albums/{album}", "title"),
        ("DELETE", "albums/{album}", null),
        ("GET", "albums/{album}/images", null),
        ("GET", "images?album_id={album}", null),
        ("POST", "albums/{album}/images", "image_ids"),
        ("DELETE", "albums/{album}/images/{image}", null),
        ("PUT", "albums/{album}/images/reorder", "image_ids"),
    ];

    [Fact]
    public async Task Anothers_private_thing_reads_as_one_that_is_not_there()
    {
        var comment = (await _ana.SendAsync(HttpMethod.Post, $"images/{_diary.Id}/comments", new { text = "For me." }))["id"]!;
        var album = (await _ana.SendAsync(HttpMethod.Post, "albums", new { title = "Mine", image_ids = new[] { _diary.Id.Value } }))["id"]!;

        foreach (var (method, path, field) in OnPrivateThings)
        {
            var hidden = await SendAsync(method, With(path, _diary.Id.ToString(), comment, album), field);
            var absent = await SendAsync(method, With(path, ApiTraffic.Nothing, ApiTraffic.Nothing, ApiTraffic.Nothing), field);

            Assert.True(hidden.Status == HttpStatusCode.NotFound, $"{method} {path} → {hidden.Status}");
            Assert.Equal((absent.Status, absent["code"], absent["detail"]), (hidden.Status, hidden["code"], hidden["detail"]));
        }

        static string With(string path, string image, string comment, string album) =>
            path.Replace("{image}", image, StringComparison.Ordinal)
                .Replace("{comment}", comment, StringComparison.Ordinal)
                .Replace("{album}", album, StringComparison.Ordinal);

        Task<ApiResponse> SendAsync(string method, string path, string? field) =>
            _ben.SendAsync(
                HttpMethod.Parse(method),
                path,
                field is null ? null : new Dictionary<string, object> { [field] = field == "image_ids" ? new[] { _boat.Id.Value } : "x" }
            );
    }

    [Fact]
    public async Task A_search_says_what_it_looked_for_and_counts_what_it_found()
    {
        var found = await _visitor.GetAsync("images/search?q=sea&per_page=1");
        var second = await _visitor.GetAsync("images/search?q=sea&per_page=1&page=2");
        var byCursor = await _visitor.GetAsync(
            $"images/search?q=sea&per_page=1&cursor={found.Json.GetProperty("pagination").GetProperty("next_cursor").GetString()}"
        );
        var tooDeep = await _visitor.GetAsync("images/search?q=sea&per_page=100&page=11");
        var foreign = await _visitor.GetAsync("images/search?q=sea&cursor=none");

        Assert.Equal("sea", found["query"]);
        Assert.Equal((2, true), (Total(found), found.Json.GetProperty("pagination").GetProperty("total_is_exact").GetBoolean()));
        Assert.Equal(Ids(second), Ids(byCursor));
        Assert.Empty(Ids(found).Intersect(Ids(second)));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (tooDeep.Status, foreign.Status));
        Assert.Contains("next_cursor", tooDeep["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_whose_words_were_corrected_goes_on_with_the_corrected_ones()
    {
        var found = await _visitor.GetAsync("images/search?q=baot&per_page=1");

        Assert.Equal(("baot", "boat"), (found["query"], found["corrected"]));
        Assert.Equal([_boat.Id], Ids(found));
        Assert.Contains("q=boat&exact=true&page=1", Assert.Single(found.Headers.GetValues("Link")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_like_counts_once_and_is_listed_on_both_sides()
    {
        var first = await _ben.SendAsync(HttpMethod.Post, $"images/{_sea.Id}/like");
        var again = await _ben.SendAsync(HttpMethod.Post, $"images/{_sea.Id}/like");
        var likes = await _visitor.GetAsync($"images/{_sea.Id}/likes");

        Assert.Equal(("True", "1"), (first["liked"], first["like_count"]));
        Assert.Equal("1", again["like_count"]);
        Assert.Equal("ben", likes.Json.GetProperty("items")[0].GetProperty("user").GetProperty("username").GetString());
        Assert.Equal(1, Total(likes));
        Assert.Equal([_sea.Id], await IdsAsync(_visitor, $"users/{_boat.OwnerId}/likes"));
        Assert.Equal("0", (await _ben.SendAsync(HttpMethod.Delete, $"images/{_sea.Id}/like"))["like_count"]);
    }

    [Fact]
    public async Task A_comment_is_written_read_changed_and_deleted()
    {
        var written = await _ben.SendAsync(HttpMethod.Post, $"images/{_sea.Id}/comments", new { text = "Lovely." });
        var path = $"comments/{written["id"]}";
        var listed = await _visitor.GetAsync($"images/{_sea.Id}/comments");
        var changed = await _ben.SendAsync(HttpMethod.Patch, path, new { text = "Very lovely." });
        var empty = await _ben.SendAsync(HttpMethod.Post, $"images/{_sea.Id}/comments", new { text = " " });

        Assert.EndsWith($"/api/v1/{path}", written.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("Lovely.", listed.Json.GetProperty("items")[0].GetProperty("text").GetString());
        Assert.Equal((HttpStatusCode.OK, "Very lovely."), (changed.Status, changed["text"]));
        Assert.Equal("text", empty.Json.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await _ana.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _visitor.GetAsync(path)).Status);
    }

    [Fact]
    public async Task An_album_is_filled_reordered_and_given_a_cover_of_its_own_images_only()
    {
        var second = await _anaHerself.HasImageAsync(seed: 4);
        var album = await _ana.SendAsync(
            HttpMethod.Post,
            "albums",
            new
            {
                title = "Sea",
                visibility = "public",
                image_ids = new[] { _sea.Id.Value },
            }
        );
        var path = $"albums/{album["id"]}";

        var filled = await _ana.SendAsync(HttpMethod.Post, $"{path}/images", new { image_ids = new[] { second.Id.Value, _diary.Id.Value } });
        var before = await IdsAsync(_visitor, $"{path}/images");
        await _ana.SendAsync(HttpMethod.Put, $"{path}/images/reorder", new { image_ids = new[] { second.Id.Value } });
        var after = await IdsAsync(_visitor, $"{path}/images");
        var foreign = await _ana.SendAsync(HttpMethod.Post, $"{path}/images", new { image_ids = new[] { _boat.Id.Value } });
        var many = await _ana.SendAsync(
            HttpMethod.Post,
            $"{path}/images",
            new { image_ids = Enumerable.Range(0, 101).Select(_ => Guid.CreateVersion7()) }
        );
        var covered = await _ana.SendAsync(
            HttpMethod.Put,
            path,
            new
            {
                title = "The sea",
                visibility = "public",
                cover_image_id = second.Id.Value,
            }
        );
        var stranger = await _ana.SendAsync(HttpMethod.Put, path, new { title = "No", cover_image_id = _boat.Id.Value });

        Assert.Equal("3", filled["image_count"]);
        Assert.Equal([_sea.Id, second.Id], before);
        Assert.Equal([second.Id, _sea.Id], after);
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal("image_ids", many.Json.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal(second.Id.ToString(), covered["cover_image_id"]);
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        Assert.Equal("The sea", (await _visitor.GetAsync(path))["title"]);
        Assert.Equal(1, Total(await _visitor.GetAsync($"albums?owner_id={_sea.OwnerId}")));
    }

    private static int Total(ApiResponse list) => list.Json.GetProperty("pagination").GetProperty("total").GetInt32();

    private static async Task<List<ImageId>> IdsAsync(ApiClient api, string path)
    {
        var list = await api.GetAsync(path);
        Assert.True(list.Status == HttpStatusCode.OK, list.Text);
        return Ids(list);
    }

    private static List<ImageId> Ids(ApiResponse list) =>
        [.. list.Json.GetProperty("items").EnumerateArray().Select(item => new ImageId(item.GetProperty("id").GetGuid()))];
}
