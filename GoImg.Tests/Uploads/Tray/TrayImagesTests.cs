using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Uploads.Tray;

/// <summary>What the tray asks and does about the images its files became.</summary>
public sealed class TrayImagesTests
{
    [Fact]
    public async Task The_tray_is_told_of_its_members_images_alone_and_of_none_in_the_trash()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));
        var mine = await ana.HasImageAsync(Visibility.Private, seed: 1);
        var gone = await ana.HasImageAsync(seed: 2);
        var other = await ben.HasImageAsync(Visibility.Public, seed: 3);
        await TrashAsync(app, ana, gone);

        using var answer = await PostAsync(ana, "states", new { ids = new[] { mine.Id.Value, gone.Id.Value, other.Id.Value } });

        var told = Assert.Single(await ReadAsync(answer));
        Assert.Equal(mine.Id.ToString(), told.GetProperty("id").GetString());
        Assert.Equal("ready", told.GetProperty("phase").GetString());
        Assert.StartsWith($"/i/{mine.Slug}?in=", told.GetProperty("page").GetString(), StringComparison.Ordinal);
        Assert.StartsWith($"/i/{mine.Slug}/thumb", told.GetProperty("picture").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_an_image_is_pushed_to_its_member_alone()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));
        await using var anas = await OpenAsync(ana);
        await using var bens = await OpenAsync(ben);

        var image = await ana.HasImageAsync(Visibility.Private, seed: 1);
        var others = await ben.HasImageAsync(Visibility.Public, seed: 2);

        Assert.Equal(image.Id.Value, await UntilReadyAsync(anas));
        Assert.Equal(others.Id.Value, await UntilReadyAsync(bens));
    }

    [Fact]
    public async Task Titles_are_changed_and_failed_images_tried_again_by_their_member_alone_and_with_the_pages_token()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));
        var image = await ana.HasImageAsync(seed: 1);
        async Task<HttpStatusCode> Post(MemberClient who, string what, object body, bool withToken = true)
        {
            using var answer = await PostAsync(who, $"images/{image.Id}/{what}", body, withToken);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NoContent, await Post(ana, "title", new { title = "Tom" }));
        Assert.Equal(HttpStatusCode.NotFound, await Post(ben, "title", new { title = "Mine" }));
        Assert.Equal(HttpStatusCode.BadRequest, await Post(ana, "title", new { title = "Forged" }, withToken: false));
        Assert.Equal(HttpStatusCode.Conflict, await Post(ana, "retry", new { }));
        await app.ExecuteSqlAsync("UPDATE images SET state = 'Failed'");
        Assert.Equal(HttpStatusCode.NotFound, await Post(ben, "retry", new { }));
        Assert.Equal(HttpStatusCode.NoContent, await Post(ana, "retry", new { }));
        using var told = await PostAsync(ana, "states", new { ids = new[] { image.Id.Value } });
        Assert.Equal("Tom", Assert.Single(await ReadAsync(told)).GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_duplicate_in_the_trash_is_brought_back()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync(seed: 1);
        await TrashAsync(app, ana, image);

        using var restored = await PostAsync(ana, $"images/{image.Id}/restore", new { });

        Assert.Equal(HttpStatusCode.NoContent, restored.StatusCode);
        using var told = await PostAsync(ana, "states", new { ids = new[] { image.Id.Value } });
        Assert.Single(await ReadAsync(told));
    }

    [Fact]
    public async Task Too_many_ids_at_once_or_none_are_refused_and_visitors_hear_nothing()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");

        using var none = await PostAsync(ana, "states", new { ids = Array.Empty<Guid>() });
        using var many = await PostAsync(ana, "states", new { ids = Enumerable.Repeat(Guid.Empty, 101) });
        using var visitor = await app.Anonymous.GetAsync("/uploads/states", Cancel);

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized],
            new[] { none, many, visitor }.Select(answer => answer.StatusCode)
        );
    }

    [Fact]
    public async Task What_the_hour_has_room_for_is_told_and_asking_uses_nothing_up()
    {
        await using var app = await GoImgApp.StartAsync("Limits:UploadsPerHourOfNewMembers=3");
        var ana = await app.SignUpAsync("ana");
        async Task<(int, int)> AllowanceAsync()
        {
            var told = await ana.Http.GetFromJsonAsync<JsonElement>("/uploads/allowance", Cancel);
            return (told.GetProperty("limit").GetInt32(), told.GetProperty("left").GetInt32());
        }

        Assert.Equal((3, 3), await AllowanceAsync());
        Assert.Equal((3, 3), await AllowanceAsync());
    }

    [Fact]
    public async Task An_album_is_made_as_visible_as_the_files_and_listed_for_its_owner_alone()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));

        using var made = await PostAsync(ana, "albums", new { title = "Sea", visibility = "unlisted" });
        using var unnamed = await PostAsync(ana, "albums", new { title = " " });
        using var forged = await PostAsync(ana, "albums", new { title = "Sea" }, withToken: false);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest],
            new[] { made, unnamed, forged }.Select(answer => answer.StatusCode)
        );
        Assert.Equal("Sea", Assert.Single(await ReadAsync(await ana.Http.GetAsync("/uploads/albums", Cancel))).GetProperty("title").GetString());
        Assert.Empty(await ReadAsync(await ben.Http.GetAsync("/uploads/albums", Cancel)));
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
        var album = await app.InScopeAsync<IAlbumQueries, AlbumView?>(albums => albums.FindAsync(ana.Actor, new AlbumId(id), Cancel));
        Assert.Equal(Visibility.Unlisted, album!.Visibility);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task TrashAsync(GoImgApp app, MemberClient member, Image image) =>
        Assert.True((await app.InScopeAsync<Trash, Result>(trash => trash.MoveAsync(member.Actor, image.Id, Cancel))).IsSuccess);

    private static async Task<HttpResponseMessage> PostAsync(MemberClient member, string path, object body, bool withToken = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/uploads/{path}") { Content = JsonContent.Create(body) };
        if (withToken)
            request.Headers.Add("RequestVerificationToken", await member.TokenAsync());
        return await member.Http.SendAsync(request, Cancel);
    }

    private static async Task<List<JsonElement>> ReadAsync(HttpResponseMessage answer) =>
        [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).EnumerateArray()];

    /// <summary>The events of a stream that listens already.</summary>
    private static async Task<IAsyncEnumerator<SseItem<string>>> OpenAsync(MemberClient member)
    {
        var stream = await member.Http.GetStreamAsync("/uploads/states", Cancel);
        var events = SseParser.Create(stream).EnumerateAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("hello", events.Current.EventType);
        return events;
    }

    /// <summary>The one image that the stream tells of.</summary>
    private static async Task<Guid> UntilReadyAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Guid? only = null;
        while (await events.MoveNextAsync())
        {
            var state = JsonDocument.Parse(events.Current.Data).RootElement;
            var id = state.GetProperty("id").GetGuid();
            Assert.Equal(only ??= id, id);
            if (state.GetProperty("phase").GetString() == "ready")
                return id;
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
