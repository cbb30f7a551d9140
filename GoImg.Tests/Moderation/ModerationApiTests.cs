using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Moderation;

public sealed class ModerationApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_is_refused_by_the_field_that_lacks_and_answered_without_an_address_only_staff_can_read()
    {
        await using var app = await GoImgApp.StartAsync();
        using var ben = await SignInAsync(app, "ben");
        var image = await (await app.SignUpAsync("ana")).HasImageAsync();

        var noImage = await ben.SendAsync(HttpMethod.Post, "reports", new { reason = "spam" });
        var noReason = await ben.SendAsync(HttpMethod.Post, "reports", new { image_id = image.Id.Value, reason = "ugly" });
        var noWords = await ben.SendAsync(HttpMethod.Post, "reports", new { image_id = image.Id.Value, reason = "other" });
        var filed = await ben.SendAsync(
            HttpMethod.Post,
            "reports",
            new
            {
                image_id = image.Id.Value,
                reason = "other",
                description = "It shows me.",
            }
        );

        Assert.Equal((HttpStatusCode.BadRequest, "image_id"), (noImage.Status, FieldOf(noImage)));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "reason", "The reason is spam, inappropriate, copyright, harassment or other."),
            (noReason.Status, FieldOf(noReason), noReason["detail"])
        );
        Assert.Equal((HttpStatusCode.BadRequest, "description"), (noWords.Status, FieldOf(noWords)));
        Assert.Equal((HttpStatusCode.Created, null), (filed.Status, filed.Headers.Location));
    }

    [Fact]
    public async Task Comments_albums_and_members_are_reported_listed_by_their_kind_and_resolved()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync();
        var comment = (
            await app.InScopeAsync<CommentService, Result<CommentId>>(s => s.AddAsync(ana.Actor, image.Id, "Cheap pills!", Token))
        ).Value();
        var album = (
            await app.InScopeAsync<AlbumService, Result<Album>>(s =>
                s.CreateAsync(ana.Actor, AlbumDetails.Create("Pills", "", Visibility.Public, AlbumOrder.Manual).Value(), Token)
            )
        ).Value();
        using var ben = await SignInAsync(app, "ben");
        using var mia = await SignInAsync(app, "mia", Role.Moderator);

        await FileAsync(new { comment_id = comment.Value, reason = "spam" }, "comment", comment.Value);
        await FileAsync(new { album_id = album.Id.Value, reason = "spam" }, "album", album.Id.Value);
        await FileAsync(new { user_id = ana.Id.Value, reason = "spam" }, "member", ana.Id.Value);
        var both = await ben.SendAsync(
            HttpMethod.Post,
            "reports",
            new
            {
                image_id = image.Id.Value,
                album_id = album.Id.Value,
                reason = "spam",
            }
        );
        Assert.Equal((HttpStatusCode.BadRequest, "album_id"), (both.Status, FieldOf(both)));

        var cases = (await mia.GetAsync("moderation/reports"))
            .Json.GetProperty("items")
            .EnumerateArray()
            .ToDictionary(item => item.GetProperty("subject").GetProperty("kind").GetString()!);
        Assert.Equal(["album", "comment", "member"], cases.Keys.Order());
        Assert.All(cases.Values, item => Assert.Equal(JsonValueKind.Null, item.GetProperty("image").ValueKind));
        Assert.Equal("Cheap pills!", cases["comment"].GetProperty("comment").GetProperty("text").GetString());
        Assert.Equal("Cheap pills!", cases["comment"].GetProperty("reports")[0].GetProperty("evidence").GetProperty("comment").GetString());
        Assert.Equal("Pills", cases["album"].GetProperty("album").GetProperty("title").GetString());
        Assert.Equal("ana", cases["member"].GetProperty("user").GetProperty("username").GetString());
        foreach (var (kind, action) in new[] { ("comment", "remove"), ("album", "hold"), ("member", "warn") })
        {
            var decided = await mia.SendAsync(
                HttpMethod.Post,
                $"moderation/reports/{cases[kind].GetProperty("id").GetString()}/resolve",
                new { action }
            );
            Assert.Equal((HttpStatusCode.OK, ana.Id.ToString()), (decided.Status, decided["user_id"]));
            Assert.Equal(kind, decided.Json.GetProperty("subject").GetProperty("kind").GetString());
            var refused = await mia.SendAsync(
                HttpMethod.Post,
                $"moderation/reports/{cases[kind].GetProperty("id").GetString()}/resolve",
                new { action = "mark_nsfw" }
            );
            Assert.Equal(kind == "album" ? HttpStatusCode.BadRequest : HttpStatusCode.Conflict, refused.Status);
        }

        Assert.Equal(
            ["member", "album", "comment"],
            (await mia.GetAsync("moderation/decisions"))
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(item => item.GetProperty("subject").GetProperty("kind").GetString())
        );

        async Task FileAsync(object report, string kind, Guid id)
        {
            var filed = await ben.SendAsync(HttpMethod.Post, "reports", report);
            Assert.Equal(HttpStatusCode.Created, filed.Status);
            Assert.Equal(JsonValueKind.Null, filed.Json.GetProperty("image_id").ValueKind);
            Assert.Equal(
                (kind, id),
                (filed.Json.GetProperty("subject").GetProperty("kind").GetString(), filed.Json.GetProperty("subject").GetProperty("id").GetGuid())
            );
        }
    }

    [Fact]
    public async Task A_ban_is_listed_with_the_time_of_the_ban_the_last_first()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));
        await app.ExecuteSqlAsync("UPDATE members SET created_at = created_at - interval '1 year'");
        using var mia = await SignInAsync(app, "mia", Role.Admin);
        await mia.SendAsync(HttpMethod.Post, $"users/{ben.Id}/ban", new { note = "again" });
        await mia.SendAsync(HttpMethod.Delete, $"users/{ben.Id}/ban");
        var first = await mia.SendAsync(HttpMethod.Post, $"users/{ana.Id}/ban", new { note = "for staff", message = "Three times the same advert." });
        var second = await mia.SendAsync(HttpMethod.Post, $"users/{ben.Id}/ban", new { note = "again" });

        var newest = await mia.GetAsync("moderation/bans?per_page=1");
        var older = await mia.GetAsync(
            $"moderation/bans?per_page=1&cursor={newest.Json.GetProperty("pagination").GetProperty("next_cursor").GetString()}"
        );

        var (last, before) = (
            Assert.Single(newest.Json.GetProperty("items").EnumerateArray()),
            Assert.Single(older.Json.GetProperty("items").EnumerateArray())
        );
        Assert.Equal(
            (ben.Id.ToString(), "ben", second["decided_at"]),
            (last.GetProperty("id").GetString(), last.GetProperty("username").GetString(), last.GetProperty("created_at").GetString())
        );
        Assert.Equal(
            (ana.Id.ToString(), "Three times the same advert.", first["decided_at"]),
            (before.GetProperty("id").GetString(), before.GetProperty("message").GetString(), before.GetProperty("created_at").GetString())
        );
        Assert.Equal(System.Text.Json.JsonValueKind.Null, older.Json.GetProperty("pagination").GetProperty("next_cursor").ValueKind);
    }

    [Fact]
    public async Task Who_was_banned_reads_why_at_signing_in_by_page_and_api_alike()
    {
        await using var app = await GoImgApp.StartAsync();
        var ben = await app.SignUpAsync("ben");
        using var mia = await SignInAsync(app, "mia", Role.Admin);
        await mia.SendAsync(HttpMethod.Post, $"users/{ben.Id}/ban", new { note = "first", message = "An older reason." });
        await mia.SendAsync(HttpMethod.Delete, $"users/{ben.Id}/ban");
        await mia.SendAsync(HttpMethod.Post, $"users/{ben.Id}/ban", new { note = "for staff alone", message = "Three times the same advert." });
        using var api = new ApiClient(app);
        using var browser = app.NewClient();

        var answer = await api.SignInAsync("ben");
        using var page = await browser.PostFormAsync("/sign-in", "sign-in", new() { ["login"] = "ben", ["password"] = MemberClient.Password });

        const string Words = "This account is banned. The moderators say: Three times the same advert.";
        Assert.Equal((HttpStatusCode.Forbidden, "account.banned", Words), (answer.Status, answer["code"], answer["detail"]));
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains(Words, html, StringComparison.Ordinal);
        Assert.DoesNotContain("for staff alone", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("moderation/reports?cursor=x", "cursor")]
    [InlineData("moderation/decisions?page=2", "page")]
    [InlineData("moderation/bans?page=2", "page")]
    public async Task A_list_refuses_the_way_of_paging_it_does_not_have(string path, string field)
    {
        await using var app = await GoImgApp.StartAsync();
        using var mia = await SignInAsync(app, "mia", Role.Moderator);

        var refused = await mia.GetAsync(path);

        Assert.Equal((HttpStatusCode.BadRequest, field), (refused.Status, FieldOf(refused)));
    }

    [Theory]
    [InlineData("moderation/reports?per_page=abc&page=1.5", "per_page page")]
    [InlineData("moderation/decisions?per_page=99999999999&cursor=x", "per_page cursor")]
    [InlineData("users/me/images?per_page=0&page=many", "per_page page")]
    [InlineData("users/me/images?page=1&page=2", "page")]
    public async Task Values_a_list_can_not_read_are_refused_by_field_with_the_limit(string path, string fields)
    {
        await using var app = await GoImgApp.StartAsync();
        using var mia = await SignInAsync(app, "mia", Role.Moderator);

        var refused = await mia.GetAsync(path);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "validation.failed", "application/problem+json"),
            (refused.Status, refused["code"], refused.ContentType)
        );
        var errors = refused
            .Json.GetProperty("errors")
            .EnumerateArray()
            .ToDictionary(e => e.GetProperty("field").GetString()!, e => e.GetProperty("message").GetString());
        Assert.Equal(fields.Split(' '), errors.Keys);
        Assert.All(errors.Where(e => e.Key == "per_page"), e => Assert.Equal("per_page is a whole number from 1 to 100.", e.Value));
    }

    [Theory]
    [InlineData("GET", "moderation/reports", "list of reports")]
    [InlineData("GET", "moderation/decisions", "list of decisions")]
    [InlineData("GET", "moderation/bans", "list of bans")]
    [InlineData("POST", "moderation/decisions/0194d2a0-0000-7000-8000-0000000000a4/undo", "decision")]
    [InlineData("GET", "moderation/reports/0194d2a0-0000-7000-8000-0000000000a4", "report")]
    public async Task Members_are_told_of_no_such_thing_by_its_name(string method, string path, string thing)
    {
        await using var app = await GoImgApp.StartAsync();
        using var ben = await SignInAsync(app, "ben");

        var refused = await ben.SendAsync(new HttpMethod(method), path);

        Assert.Equal((HttpStatusCode.NotFound, $"There is no such {thing}, or it is not yours to see."), (refused.Status, refused["detail"]));
    }

    [Fact]
    public async Task A_report_that_is_there_answers_a_member_as_one_that_is_not()
    {
        await using var app = await GoImgApp.StartAsync();
        using var ben = await SignInAsync(app, "ben");
        var image = await (await app.SignUpAsync("ana")).HasImageAsync();
        var filed = await ben.SendAsync(HttpMethod.Post, "reports", new { image_id = image.Id.Value, reason = "spam" });

        var there = await ben.GetAsync($"moderation/reports/{filed["id"]}");
        var absent = await ben.GetAsync($"moderation/reports/{Guid.CreateVersion7()}");

        Assert.Equal((absent.Status, absent["detail"]), (there.Status, there["detail"]));
    }

    private static string? FieldOf(ApiResponse answer) => answer.Json.GetProperty("errors")[0].GetProperty("field").GetString();

    private static async Task<ApiClient> SignInAsync(GoImgApp app, string username, Role role = Role.Member)
    {
        await app.SignUpAsync(username, role);
        var api = new ApiClient(app);
        await api.SignInAsync(username);
        return api;
    }
}
