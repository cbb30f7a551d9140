using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Images;

public sealed class ImagesApiTests
{
    [Fact]
    public async Task An_upload_is_created_processing_and_its_status_leads_to_active()
    {
        await using var app = await GoImgApp.StartAsync();
        using var api = await SignInAsync(app, "ana");

        var created = await UploadAsync(api, Pictures.Png(), new() { ["title"] = "Harbour", ["visibility"] = "public", ["tags"] = "sea boats" });
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
        Assert.Equal((HttpStatusCode.BadRequest, "validation.failed"), (await api.SendContentAsync(HttpMethod.Post, "images", two)) is var answer ? (answer.Status, answer["code"]) : default);
        var noAlbum = await UploadAsync(api, Pictures.Png(), new() { ["album_id"] = Guid.CreateVersion7().ToString() });
        Assert.Equal((HttpStatusCode.BadRequest, "validation.failed"), (noAlbum.Status, noAlbum["code"]));
        Assert.Empty(await app.ObjectsAsync());
    }

    [Fact]
    public async Task An_edit_of_an_old_version_is_a_conflict_and_a_patch_changes_only_what_it_names()
    {
        await using var app = await GoImgApp.StartAsync("Jobs:Enabled=false");
        using var api = await SignInAsync(app, "ana");
        var created = await UploadAsync(api, Pictures.Png(), new() { ["title"] = "Old", ["description"] = "Stays" });
        var (path, version) = ($"images/{created["id"]}", created.Json.GetProperty("version").GetInt32());

        var patched = await api.SendAsync(HttpMethod.Patch, path, new { title = "New", visibility = "unlisted", version });
        var stale = await api.SendAsync(HttpMethod.Patch, path, new { title = "Late", version });
        var replaced = await api.SendAsync(HttpMethod.Put, path, new { title = "Whole" });
        var tooLong = await api.SendAsync(HttpMethod.Patch, path, new { title = new string('x', 256) });

        Assert.Equal(("New", "Stays", "unlisted"), (patched["title"], patched["description"], patched["visibility"]));
        Assert.Equal((HttpStatusCode.Conflict, "edit.stale"), (stale.Status, stale["code"]));
        Assert.Equal(("Whole", "", "private"), (replaced["title"], replaced["description"], replaced["visibility"]));
        Assert.Equal("title", tooLong.Json.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task An_image_goes_to_the_trash_comes_back_and_goes_for_good()
    {
        await using var app = await GoImgApp.StartAsync("Jobs:Enabled=false");
        using var api = await SignInAsync(app, "ana");
        var path = $"images/{(await UploadAsync(api, Pictures.Png()))["id"]}";

        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal("deleted", (await api.GetAsync(path))["status"]);
        Assert.Equal(HttpStatusCode.Conflict, (await api.SendAsync(HttpMethod.Patch, path, new { title = "x" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Post, path + "/restore")).Status);
        Assert.Equal("processing", (await api.GetAsync(path))["status"]);
        Assert.Equal((HttpStatusCode.Conflict, "image.not_failed"), (await api.SendAsync(HttpMethod.Post, path + "/retry")) is var retried ? (retried.Status, retried["code"]) : default);
        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, path + "?permanent=true")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Ones_own_images_are_listed_in_pages_by_cursor()
    {
        await using var app = await GoImgApp.StartAsync("Jobs:Enabled=false");
        using var api = await SignInAsync(app, "ana");
        for (var seed = 1; seed <= 5; seed++)
            await UploadAsync(api, Pictures.Png(seed));

        var first = await api.GetAsync("users/me/images?per_page=3");
        var cursor = first.Json.GetProperty("pagination").GetProperty("next_cursor").GetString();
        var second = await api.GetAsync($"users/me/images?per_page=3&cursor={cursor}");

        Assert.Equal((3, 2), (first.Json.GetProperty("items").GetArrayLength(), second.Json.GetProperty("items").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("pagination").GetProperty("next_cursor").ValueKind);
        Assert.Equal(5, first.Json.GetProperty("items").EnumerateArray().Concat(second.Json.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("id").GetGuid()).Distinct().Count());
    }

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

    private static (HttpStatusCode, string?) Kind(ApiAnswer answer) => (answer.Status, answer.ContentType);

    private static async Task<ApiClient> SignInAsync(GoImgApp app, string username)
    {
        await app.SignUpAsync(username);
        var api = new ApiClient(app);
        await api.SignInAsync(username);
        return api;
    }

    private static Task<ApiAnswer> UploadAsync(ApiClient api, byte[] file, Dictionary<string, string>? fields = null, bool fieldsFirst = true) =>
        api.SendContentAsync(HttpMethod.Post, "images", UploadClient.Form(file, fields ?? [], fieldsFirst));
}
