using System.Text.Json;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Tests.Images;

public sealed class ImagesApiTests
{
    [Fact]
    public async Task Staff_who_fetch_a_private_image_or_its_bytes_are_in_the_audit_log()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var (first, second) = (await ana.HasImageAsync(Visibility.Private), await ana.HasImageAsync(Visibility.Private, seed: 2));
        await app.SignUpAsync("mia", GoImg.Core.Accounts.Role.Moderator);
        using var api = new ApiClient(app);
        await api.SignInAsync("mia");

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync($"images/{first.Id}")).Status);
        var afterOne = await AuditedAsync(app);
        using var bytes = await ana.Http.GetAsync($"/i/{second.Slug}/small", TestContext.Current.CancellationToken);
        Assert.Equal(afterOne, await AuditedAsync(app));
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync($"images/{second.Id}/variants/small")).Status);

        Assert.Equal(1, afterOne);
        Assert.Equal(2, await AuditedAsync(app));
    }

    private static Task<int> AuditedAsync(GoImgApp app) =>
        app.InScopeAsync<GoImgDbContext, int>(db =>
            db.Set<AuditEntry>().CountAsync(e => e.Action == AuditAction.PrivateViewed, TestContext.Current.CancellationToken)
        );

    [Fact]
    public async Task An_upload_is_created_processing_and_its_status_leads_to_active()
    {
        await using var app = await GoImgApp.StartAsync();
        using var api = await SignInAsync(app, "ana");

        var created = await UploadAsync(
            api,
            Pictures.Png(),
            new()
            {
                ["title"] = "Harbour",
                ["visibility"] = "public",
                ["tags"] = "sea boats",
            }
        );
        var id = created["id"]!;
        await Eventually.GetAsync(async () => (await api.GetAsync($"images/{id}/status"))["status"], status => status == "active");
        var image = await api.GetAsync($"images/{id}");

        Assert.Equal((HttpStatusCode.Created, "processing"), (created.Status, created["status"]));
        Assert.EndsWith($"/api/v1/images/{id}", created.Headers.Location?.ToString());
        Assert.Equal(("Harbour", "public", "png", "64"), (image["title"], image["visibility"], image["format"], image["width"]));
        Assert.Equal(["sea", "boats"], image.Json.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal("test.png", image["file_name"]);
    }

    [Fact]
    public async Task The_same_file_again_is_not_created_again()
    {
        await using var app = await GoImgApp.StartAsync();
        using var api = await SignInAsync(app, "ana");
        var first = await UploadAsync(api, Pictures.Png());

        var again = await UploadAsync(api, Pictures.Png(), fieldsFirst: false);

        Assert.Equal((HttpStatusCode.OK, first["id"]), (again.Status, again["id"]));
    }

    [Fact]
    public async Task Uploading_needs_a_token_and_a_file()
    {
        await using var app = await GoImgApp.StartAsync();
        using var stranger = new ApiClient(app);
        using var api = await SignInAsync(app, "ana");

        Assert.Equal(HttpStatusCode.Unauthorized, (await UploadAsync(stranger, Pictures.Png())).Status);
        var noFile = await api.SendContentAsync(HttpMethod.Post, "images", new MultipartFormDataContent { { new StringContent("x"), "title" } });
        Assert.Equal((HttpStatusCode.BadRequest, "upload.no_file"), (noFile.Status, noFile["code"]));
        var two = UploadClient.Form(Pictures.Png(1), [], fieldsFirst: true);
        two.Add(new ByteArrayContent(Pictures.Png(2)), "file", "second.png");
        Assert.Equal(
            (HttpStatusCode.BadRequest, "validation.failed"),
            (await api.SendContentAsync(HttpMethod.Post, "images", two)) is var answer ? (answer.Status, answer["code"]) : default
        );
        var noAlbum = await UploadAsync(api, Pictures.Png(), new() { ["album_id"] = Guid.CreateVersion7().ToString() });
        Assert.Equal((HttpStatusCode.BadRequest, "validation.failed"), (noAlbum.Status, noAlbum["code"]));
        Assert.Empty(await app.ObjectsAsync());
    }

    [Fact]
    public async Task An_edit_of_an_old_version_is_a_conflict_and_a_patch_changes_only_what_it_names()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");
        var created = await UploadAsync(api, Pictures.Png(), new() { ["title"] = "Old", ["description"] = "Stays" });
        var (path, version) = ($"images/{created["id"]}", created.Json.GetProperty("version").GetInt32());

        var patched = await api.SendAsync(
            HttpMethod.Patch,
            path,
            new
            {
                title = "New",
                visibility = "unlisted",
                version,
            }
        );
        var stale = await api.SendAsync(HttpMethod.Patch, path, new { title = "Late", version });
        var replaced = await api.SendAsync(HttpMethod.Put, path, new { title = "Whole" });
        var tooLong = await api.SendAsync(HttpMethod.Patch, path, new { title = new string('x', 256) });

        Assert.Equal(("New", "Stays", "unlisted"), (patched["title"], patched["description"], patched["visibility"]));
        Assert.Equal((HttpStatusCode.Conflict, "edit.stale"), (stale.Status, stale["code"]));
        Assert.Equal(("Whole", "", "private"), (replaced["title"], replaced["description"], replaced["visibility"]));
        Assert.Equal("title", tooLong.Json.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task An_image_goes_to_the_trash_comes_back_and_goes_permanently()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");
        var path = $"images/{(await UploadAsync(api, Pictures.Png()))["id"]}";

        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal("deleted", (await api.GetAsync(path))["status"]);
        Assert.Equal(HttpStatusCode.Conflict, (await api.SendAsync(HttpMethod.Patch, path, new { title = "x" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Post, path + "/restore")).Status);
        Assert.Equal("processing", (await api.GetAsync(path))["status"]);
        Assert.Equal(
            (HttpStatusCode.Conflict, "image.not_failed"),
            (await api.SendAsync(HttpMethod.Post, path + "/retry")) is var retried ? (retried.Status, retried["code"]) : default
        );
        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, path + "?permanent=true")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Ones_own_images_are_listed_in_pages_by_cursor()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");
        for (var seed = 1; seed <= 5; seed++)
            await UploadAsync(api, Pictures.Png(seed));

        var first = await api.GetAsync("users/me/images?per_page=3");
        var cursor = first.Json.GetProperty("pagination").GetProperty("next_cursor").GetString();
        var second = await api.GetAsync($"users/me/images?per_page=3&cursor={cursor}");

        Assert.Equal((3, 2), (first.Json.GetProperty("items").GetArrayLength(), second.Json.GetProperty("items").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("pagination").GetProperty("next_cursor").ValueKind);
        Assert.Equal(
            5,
            first
                .Json.GetProperty("items")
                .EnumerateArray()
                .Concat(second.Json.GetProperty("items").EnumerateArray())
                .Select(i => i.GetProperty("id").GetGuid())
                .Distinct()
                .Count()
        );
    }

    [Fact]
    public async Task Ones_own_images_are_listed_by_page_with_totals_and_never_by_page_and_cursor()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");
        for (var seed = 1; seed <= 5; seed++)
            await UploadAsync(api, Pictures.Png(seed));

        var pages = new[]
        {
            await api.GetAsync("users/me/images?per_page=2"),
            await api.GetAsync("users/me/images?per_page=2&page=2"),
            await api.GetAsync("users/me/images?per_page=2&page=3"),
        };
        var cursor = pages[0].Json.GetProperty("pagination").GetProperty("next_cursor").GetString();
        var both = await api.GetAsync($"users/me/images?page=2&cursor={cursor}");
        var tooDeep = await api.GetAsync("users/me/images?page=1001");

        Assert.Equal([2, 2, 1], pages.Select(p => p.Json.GetProperty("items").GetArrayLength()));
        Assert.Equal(
            5,
            pages.SelectMany(p => p.Json.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("id").GetGuid()).Distinct().Count()
        );
        Assert.All(pages, (page, i) => Assert.Equal((i + 1, 5, 3), Numbers(page.Json.GetProperty("pagination"))));
        Assert.Equal((HttpStatusCode.BadRequest, "page"), (both.Status, FieldOf(both)));
        Assert.Equal((HttpStatusCode.BadRequest, "page"), (tooDeep.Status, FieldOf(tooDeep)));

        static (int, int, int) Numbers(JsonElement pagination) =>
            (pagination.GetProperty("page").GetInt32(), pagination.GetProperty("total").GetInt32(), pagination.GetProperty("total_pages").GetInt32());
    }

    [Fact]
    public async Task A_word_that_a_field_does_not_take_is_refused_by_the_field_with_those_it_does()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");
        var path = $"images/{(await UploadAsync(api, Pictures.Png()))["id"]}";

        var visibility = await api.SendAsync(HttpMethod.Patch, path, new { visibility = "secret" });
        var rating = await api.SendAsync(HttpMethod.Patch, path, new { content_rating = 1 });
        var title = await api.SendAsync(HttpMethod.Patch, path, new { title = 7 });
        var broken = await api.SendContentAsync(
            HttpMethod.Patch,
            path,
            new StringContent("{\"title\": x}", System.Text.Encoding.UTF8, "application/json")
        );

        Assert.Equal(
            (HttpStatusCode.BadRequest, "visibility", "The visibility is private, unlisted or public."),
            (visibility.Status, FieldOf(visibility), visibility["detail"])
        );
        Assert.Equal(
            (HttpStatusCode.BadRequest, "content_rating", "The content rating is safe or nsfw."),
            (rating.Status, FieldOf(rating), rating["detail"])
        );
        Assert.Equal((HttpStatusCode.BadRequest, "title"), (title.Status, FieldOf(title)));
        Assert.Equal((HttpStatusCode.BadRequest, "api.malformed"), (broken.Status, broken["code"]));
    }

    [Fact]
    public async Task A_WebP_is_called_webp()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");

        var created = await UploadAsync(api, WebPSample.Create(64, 48, frames: 1, withMetadata: false));

        Assert.Equal("webp", created["format"]);
    }

    [Fact]
    public async Task A_field_that_comes_twice_is_refused_by_its_name_but_tags_are_one_list()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");
        using var titles = UploadClient.Form(Pictures.Png(1), new() { ["title"] = "one" }, fieldsFirst: true);
        titles.Add(new StringContent("two"), "title");
        using var tags = UploadClient.Form(Pictures.Png(2), new() { ["tags"] = "sea" }, fieldsFirst: true);
        tags.Add(new StringContent("boats"), "tags");

        var refused = await api.SendContentAsync(HttpMethod.Post, "images", titles);
        var taken = await api.SendContentAsync(HttpMethod.Post, "images", tags);

        Assert.Equal((HttpStatusCode.BadRequest, "title"), (refused.Status, FieldOf(refused)));
        Assert.Contains("more than once", refused["detail"], StringComparison.Ordinal);
        Assert.Equal(["sea", "boats"], taken.Json.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
    }

    [Fact]
    public async Task An_upload_that_is_no_form_is_told_what_is_wanted_in_our_words()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");
        using var crowded = new ByteArrayContent(Pictures.Png());
        for (var i = 0; i < 20; i++)
            crowded.Headers.Add($"X-Header-{i}", "x");
        using var form = new MultipartFormDataContent { { crowded, "file", "test.png" } };

        var json = await api.SendAsync(HttpMethod.Post, "images", new { title = "x" });
        var headers = await api.SendContentAsync(HttpMethod.Post, "images", form);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "upload.not_a_form"), (json.Status, json["code"]));
        Assert.Contains("multipart/form-data", json["detail"], StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "upload.malformed"), (headers.Status, headers["code"]));
        Assert.DoesNotContain("limit 16 exceeded", headers["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain("Reload the page", headers["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_ours_is_called_so_and_has_a_trace_to_quote()
    {
        await using var app = await GoImgApp.StartAsync("GOIMG_FAILPOINTS=upload.after-stage:error");
        using var api = await SignInAsync(app, "ana");

        var broken = await UploadAsync(api, Pictures.Png());

        Assert.Equal(
            (HttpStatusCode.InternalServerError, "api.unexpected", "Something broke on our side"),
            (broken.Status, broken["code"], broken["title"])
        );
        Assert.Contains("quote the traceId", broken["detail"], StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(broken["traceId"]));
        Assert.DoesNotContain("failpoint", broken.Text, StringComparison.Ordinal);
    }

    private static string? FieldOf(ApiResponse answer) => answer.Json.GetProperty("errors")[0].GetProperty("field").GetString();

    [Fact]
    public async Task Variants_and_downloads_follow_the_one_rule()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        using var owner = new ApiClient(app);
        await owner.SignInAsync("ana");
        using var stranger = await SignInAsync(app, "ben");
        var image = await ana.HasImageAsync(Visibility.Public);
        var path = $"images/{image.Id}";

        Assert.Equal((HttpStatusCode.OK, "image/webp"), Kind(await stranger.GetAsync(path + "/variants/thumbnail")));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), Kind(await stranger.GetAsync(path + "/variants/original")));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), Kind(await stranger.GetAsync(path + "/variants/huge")));
        Assert.Equal((HttpStatusCode.Forbidden, "application/problem+json"), Kind(await stranger.GetAsync(path + "/download")));
        Assert.Equal((HttpStatusCode.OK, "image/png"), Kind(await owner.GetAsync(path + "/variants/original")));
        Assert.Equal((HttpStatusCode.OK, "image/png"), Kind(await owner.GetAsync(path + "/download")));
        Assert.Null((await stranger.GetAsync(path))["sha256"]);

        await app.ExecuteSqlAsync("UPDATE images SET visibility = 'Private'");
        foreach (var address in new[] { "", "/status", "/variants/small", "/variants/original", "/download" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path + address)).Status);
        foreach (var (method, address) in new[] { (HttpMethod.Delete, ""), (HttpMethod.Post, "/restore"), (HttpMethod.Post, "/retry") })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAsync(method, path + address)).Status);
    }

    private static (HttpStatusCode, string?) Kind(ApiResponse answer) => (answer.Status, answer.ContentType);

    private static async Task<ApiClient> SignInAsync(GoImgApp app, string username)
    {
        await app.SignUpAsync(username);
        var api = new ApiClient(app);
        await api.SignInAsync(username);
        return api;
    }

    private static Task<ApiResponse> UploadAsync(ApiClient api, byte[] file, Dictionary<string, string>? fields = null, bool fieldsFirst = true) =>
        api.SendContentAsync(HttpMethod.Post, "images", UploadClient.Form(file, fields ?? [], fieldsFirst));
}
