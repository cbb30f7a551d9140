using System.Net.Http.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Tests.Accounts;
using GoImg.Tests.Harness;
using GoImg.Web.Api;

namespace GoImg.Tests.Api;

/// <summary>Real requests to every operation of the API, each response judged by the document as it comes: what succeeds, and what is refused.</summary>
public sealed class ApiTraffic : IAsyncLifetime
{
    /// <summary>An id that nothing has.</summary>
    public const string Nothing = "11111111-2222-3333-4444-555555555555";

    private static readonly object Malformed = "neither an object nor what it should be";

    private GoImgApp _app = null!;
    private ApiClient _visitor = null!;
    private ApiClient _ana = null!;
    private ApiClient _ben = null!;
    private ApiClient _max = null!;
    private ApiClient _mia = null!;
    private string _anaId = "";
    private string _benId = "";
    private string _image = "";
    private string _export = "";

    internal ApiContract Contract { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await using var app = _app = await GoImgApp.StartAsync("Limits:MaxFileBytes=100000");
        using var visitor = _visitor = new ApiClient(app);
        Contract = await ApiContract.ReadAsync(visitor);
        using var ana = _ana = await SignInAsync("ana");
        using var ben = _ben = await SignInAsync("ben");
        using var max = _max = await SignInAsync("max", Role.Moderator);
        using var mia = _mia = await SignInAsync("mia", Role.Admin);

        await VisitorsAsync();
        await OtherContentAsync();
        await AccountsAsync();
        await KeysAsync();
        await TokensAsync();
        await ImagesAsync();
        await EditsAsync();
        await ListsAsync();
        await LikesAsync();
        await CommentsAsync();
        await AlbumsAsync();
        await FilesAsync();
        await UploadsAsync();
        await ExportsAsync();
        await ModerationAsync();
        await BansAsync();
        await LogoutAsync();
        await WithoutRoomAsync();
        await TooOftenAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What no one may without a token, and what is not there for anyone.
    private async Task VisitorsAsync()
    {
        await CallAsync(_visitor, "GET", "health/live", 200);
        await CallAsync(_visitor, "GET", "health/ready", 200);
        foreach (var operation in Contract.Operations.Where(o => o.AsksForToken))
            await CallAsync(_visitor, operation.Method.Method, operation.PathToNothing, 401);
        // tus has its own headers, and staff find the sessions of no one to be none
        foreach (var operation in Contract.Operations.Where(o => o.Path.Contains("{id}", StringComparison.Ordinal) && o.Statuses.Contains(404)))
            if (operation.Path is not ("uploads/{id}" or "users/{id}/sessions"))
                await CallAsync(_mia, operation.Method.Method, operation.PathToNothing, 404, BodyOf(operation.Id));

        static object? BodyOf(string operation) =>
            operation switch
            {
                "post_moderation_reports_id_resolve" => new { action = "dismiss" },
                "put_users_id" => new { display_name = "Nobody", bio = "" },
                "patch_images_id" or "put_images_id" => new { title = "Nothing" },
                "post_images_id_comments" or "patch_comments_id" => new { text = "Lovely." },
                "put_albums_id" => new { title = "Nothing" },
                "post_albums_id_images" or "put_albums_id_images_reorder" => new { image_ids = new[] { Nothing } },
                "post_users_id_ban" => new { note = "" },
                _ => null,
            };
    }

    // Whatever the operation: bodies and answers of kinds it does not know, and too much of those it does.
    private async Task OtherContentAsync()
    {
        var large = new string('x', ApiV1.MaxJsonBytes + 1);
        foreach (var operation in Contract.Operations)
        {
            if (operation.Statuses.Contains(406))
                await RefuseAsync(406, operation, null, request => request.Headers.Accept.ParseAdd("text/plain"));
            if (!operation.TakesJson)
                continue;
            await RefuseAsync(400, operation, JsonContent.Create(Malformed));
            await RefuseAsync(413, operation, JsonContent.Create(new { title = large }), request => request.Headers.ExpectContinue = true);
            await RefuseAsync(415, operation, new StringContent("text"));
        }

        async Task RefuseAsync(int status, ApiOperation operation, HttpContent? content, Action<HttpRequestMessage>? change = null) =>
            Contract.Judge(
                operation.Method,
                operation.PathToNothing,
                status,
                await _mia.SendContentAsync(operation.Method, operation.PathToNothing, content, change)
            );
    }

    // A key that is none, one whose request still runs, and one of another request.
    private async Task KeysAsync()
    {
        await _app.ExecuteSqlAsync(
            $"""
            INSERT INTO idempotency_keys (member_id, key, claimed_at, fingerprint, request_bytes, status, body)
            VALUES ('{_anaId}', 'runs', now(), NULL, NULL, NULL, NULL), ('{_anaId}', 'done', now(), 'of another', 0, 201, '')
            """
        );
        foreach (var operation in Contract.Operations.Where(o => o.TakesIdempotencyKey))
        foreach (var (key, status) in new[] { ("not one", 400), ("runs", 409), ("done", 422) })
            Contract.Judge(
                operation.Method,
                operation.PathToNothing,
                status,
                await _ana.SendContentAsync(
                    operation.Method,
                    operation.PathToNothing,
                    operation.TakesJson ? JsonContent.Create(new { text = "Lovely." }) : null,
                    request => request.Headers.Add("Idempotency-Key", key)
                )
            );
    }

    // Tokens that are made, and what one without the scope is answered, whatever the operation.
    private async Task TokensAsync()
    {
        var wanted = new
        {
            name = "A script",
            scopes = new[] { "export" },
            expires_at = TimeProvider.System.GetUtcNow().AddDays(1),
        };
        var made = await CallAsync(_ana, "POST", "users/me/tokens", 201, wanted);
        using var export = new ApiClient(_app) { AccessToken = made["token"]! };
        using var write = new ApiClient(_app) { AccessToken = (await _ana.MakeTokenAsync([TokenScope.Write]))["token"]! };
        foreach (var operation in Contract.Operations)
            await CallAsync(
                operation.Path.StartsWith("export", StringComparison.Ordinal) ? write : export,
                operation.Method.Method,
                operation.PathToNothing,
                403
            );

        await CallAsync(_ana, "POST", "users/me/tokens", 400, new { name = "", scopes = Array.Empty<string>() });
        await CallAsync(_ana, "GET", "users/me/tokens", 200);
        await CallAsync(_ana, "GET", "users/me/tokens?per_page=0", 400);
        await CallAsync(_ana, "DELETE", $"users/me/tokens/{made["id"]}", 204);
        await CallAsync(_ana, "DELETE", $"users/me/tokens/{made["id"]}", 404);
    }

    private async Task AccountsAsync()
    {
        var cleo = new
        {
            email = "cleo@example.org",
            username = "cleo",
            password = MemberClient.Password,
        };
        await CallAsync(_visitor, "POST", "auth/register", 201, cleo);
        await CallAsync(_visitor, "POST", "auth/register", 409, cleo);
        await CallAsync(_ana, "POST", "auth/register", 403, cleo);
        await CallAsync(_visitor, "POST", "auth/register", 400, new { email = "no" });
        var login = await CallAsync(_visitor, "POST", "auth/login", 200, new { username = "cleo", password = MemberClient.Password });
        await CallAsync(_visitor, "POST", "auth/login", 401, new { email = "cleo@example.org", password = "wrong" });
        await CallAsync(_visitor, "POST", "auth/login", 400, Malformed);
        await CallAsync(_visitor, "POST", "auth/refresh", 200, new { refresh_token = login["refresh_token"] });
        await CallAsync(_visitor, "POST", "auth/refresh", 401, new { refresh_token = "none" });
        await CallAsync(_visitor, "POST", "auth/refresh", 400, Malformed);

        _anaId = (await CallAsync(_ana, "GET", "users/me", 200))["id"]!;
        _benId = (await CallAsync(_ben, "GET", "users/me", 200))["id"]!;
        await NotModifiedAsync(_ana, "users/me");
        await NotModifiedAsync(_visitor, $"users/{_benId}");
        await OtherVersionAsync(_ben, "PUT", $"users/{_benId}", new { display_name = "Ben", bio = "" });
        await CallAsync(_visitor, "GET", $"users/{_benId}", 200);
        await CallAsync(_ben, "PUT", $"users/{_benId}", 200, new { display_name = "Ben", bio = "" });
        await CallAsync(_ben, "PUT", $"users/{_benId}", 400, new { display_name = new string('x', 1000), bio = "" });
        await CallAsync(_ben, "PUT", $"users/{_anaId}", 403, new { display_name = "Ben", bio = "" });
        await CallAsync(_ben, "GET", $"users/{_benId}/sessions?per_page=0", 400);
        await CallAsync(_ben, "GET", $"users/{_anaId}/sessions", 404);
        using var elsewhere = new ApiClient(_app);
        await elsewhere.SignInAsync("ben");
        var sessions = await CallAsync(_ben, "GET", $"users/{_benId}/sessions", 200);
        var other = sessions.Json.GetProperty("items").EnumerateArray().First(s => !s.GetProperty("is_current").GetBoolean());
        await CallAsync(_ben, "DELETE", $"users/{_benId}/sessions/{other.GetProperty("id").GetString()}", 204);
    }

    private async Task ImagesAsync()
    {
        var picture = Pictures.Png();
        _image = (await PostImageAsync(_ana, 201, picture))["id"]!;
        await CallAsync(_ana, "GET", $"images/{_image}/status", 200);
        await PostImageAsync(_ana, 200, picture);
        await PostImageAsync(_ana, 400, Pictures.Png(2), ("visibility", "secret"));
        await PostImageAsync(_ana, 400, Pictures.Png(2), ("album_id", Nothing));
        await PostImageAsync(_ana, 413, Pictures.Noisy(1, 200, 200));
        await PostImageAsync(_ana, 415, "a text"u8.ToArray());
        await PostImageAsync(_ana, 422, []);
        await _app.WaitForImageAsync(IdOf(_image), ImageState.Active);

        foreach (var anyone in new[] { _ana, _ben, _visitor })
            await CallAsync(anyone, "GET", $"images/{_image}", 200);
        await NotModifiedAsync(_visitor, $"images/{_image}");
        await CallAsync(_ana, "GET", "users/me/images", 200);
        await CallAsync(_ana, "GET", "users/me/images?per_page=1&page=1", 200);
        await CallAsync(_ana, "GET", "users/me/images?per_page=0", 400);

        var failed = (await PostImageAsync(_ana, 201, Pictures.Undecodable()))["id"]!;
        await _app.WaitForImageAsync(IdOf(failed), ImageState.Failed);
        await CallAsync(_ana, "POST", $"images/{failed}/retry", 204);
        await CallAsync(_ana, "POST", $"images/{_image}/retry", 409);
        await CallAsync(_ben, "POST", $"images/{_image}/retry", 403);
    }

    private async Task EditsAsync()
    {
        await CallAsync(_ana, "PATCH", $"images/{_image}", 200, new { title = "New", visibility = "public" });
        await CallAsync(
            _ana,
            "PUT",
            $"images/{_image}",
            200,
            new
            {
                title = "Whole",
                visibility = "public",
                tags = new[] { "sea" },
            }
        );
        foreach (var method in new[] { "PATCH", "PUT" })
        {
            await CallAsync(_ana, method, $"images/{_image}", 400, new { visibility = "secret" });
            await CallAsync(_ben, method, $"images/{_image}", 403, new { title = "Mine" });
            await OtherVersionAsync(_ana, method, $"images/{_image}", new { title = "Old" });
        }

        await CallAsync(_ana, "DELETE", $"images/{_image}?permanent=perhaps", 400);
        await CallAsync(_ben, "DELETE", $"images/{_image}", 403);
        await CallAsync(_ana, "DELETE", $"images/{_image}", 204);
        await CallAsync(_ana, "PATCH", $"images/{_image}", 409, new { title = "Gone" });
        await CallAsync(_ana, "PUT", $"images/{_image}", 409, new { title = "Gone" });
        await CallAsync(_ana, "POST", $"images/{_image}/restore", 204);
    }

    private async Task ListsAsync()
    {
        var lists = new[]
        {
            "images",
            "explore/recent",
            "images/search?q=Whole",
            "explore/search?q=Whole",
            $"users/{_anaId}/images",
            "tags/sea/images",
            "tags",
        };
        foreach (var list in lists)
        {
            await CallAsync(_visitor, "GET", list, 200);
            await CallAsync(_ana, "GET", $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}per_page=0", 400);
        }

        await CallAsync(_visitor, "GET", $"images?owner_id={_anaId}&tags=sea&sort=created_at&order=asc", 200);
        await CallAsync(_visitor, "GET", "images?q=Whole&sort=relevance", 200);
        await CallAsync(_visitor, "GET", "images?sort=title", 400);
        await CallAsync(_visitor, "GET", $"images?album_id={Nothing}", 404);
        await CallAsync(_visitor, "GET", "tags/search?q=se", 200);
        await CallAsync(_visitor, "GET", "tags/search?q=s", 400);
    }

    private async Task LikesAsync()
    {
        await CallAsync(_ben, "POST", $"images/{_image}/like", 200);
        foreach (var list in new[] { $"images/{_image}/likes", $"users/{_benId}/likes" })
        {
            await CallAsync(_visitor, "GET", list, 200);
            await CallAsync(_visitor, "GET", $"{list}?per_page=0", 400);
        }

        await CallAsync(_ben, "DELETE", $"images/{_image}/like", 200);
    }

    private async Task CommentsAsync()
    {
        var comment = (await CallAsync(_ana, "POST", $"images/{_image}/comments", 201, new { text = "Mine." }))["id"];
        await CallAsync(_visitor, "GET", $"images/{_image}/comments", 200);
        await CallAsync(_visitor, "GET", $"images/{_image}/comments?per_page=0", 400);
        await NotModifiedAsync(_visitor, $"comments/{comment}");
        await CallAsync(_ana, "PATCH", $"comments/{comment}", 200, new { text = "Still mine." });
        await CallAsync(_ben, "PATCH", $"comments/{comment}", 403, new { text = "Not mine." });
        await OtherVersionAsync(_ana, "PATCH", $"comments/{comment}", new { text = "Old." });
        await _app.ExecuteSqlAsync("UPDATE comments SET created_at = created_at - interval '6 minutes'");
        await CallAsync(_ana, "PATCH", $"comments/{comment}", 409, new { text = "Too late." });
        await CallAsync(_ben, "DELETE", $"comments/{comment}", 403);
        await CallAsync(_ana, "DELETE", $"comments/{comment}", 204);
    }

    private async Task AlbumsAsync()
    {
        var created = await CallAsync(
            _ana,
            "POST",
            "albums",
            201,
            new
            {
                title = "Sea",
                visibility = "public",
                image_ids = new[] { _image },
            }
        );
        var album = $"albums/{created["id"]}";
        await CallAsync(_visitor, "GET", $"albums?owner_id={_anaId}", 200);
        await CallAsync(_visitor, "GET", "albums?per_page=0", 400);
        await CallAsync(_visitor, "GET", $"albums?owner_id={Nothing}", 404);
        await CallAsync(_ana, "POST", "albums", 404, new { title = "Nothing", image_ids = new[] { Nothing } });
        await CallAsync(_visitor, "GET", $"images?album_id={created["id"]}&sort=position", 200);
        await NotModifiedAsync(_visitor, album);
        await CallAsync(_ana, "PUT", album, 200, new { title = "The sea", visibility = "public" });
        await CallAsync(_ana, "PUT", album, 409, new { title = "Old", version = 1_000 });
        await OtherVersionAsync(_ana, "PUT", album, new { title = "Old" });
        await CallAsync(_visitor, "GET", $"{album}/images", 200);
        await CallAsync(_visitor, "GET", $"{album}/images?per_page=0", 400);
        await CallAsync(_ana, "POST", $"{album}/images", 200, new { image_ids = new[] { _image } });
        await CallAsync(_ana, "PUT", $"{album}/images/reorder", 204, new { image_ids = new[] { _image } });
        await CallAsync(_ana, "DELETE", $"{album}/images/{_image}", 204);
        await CallAsync(_ana, "DELETE", album, 204);
    }

    private async Task FilesAsync()
    {
        foreach (var file in new[] { "variants/small", "download" })
            await NotModifiedAsync(_ana, $"images/{_image}/{file}");

        await CallAsync(_ben, "GET", $"images/{_image}/download", 403);
        await CallAsync(_ana, "PATCH", $"images/{_image}", 200, new { allows_download = true });
        await CallAsync(_ben, "GET", $"images/{_image}/download", 202);
    }

    private async Task UploadsAsync()
    {
        using var tus = new TusClient(_app.Address, _ana.AccessToken);
        var picture = Pictures.Png(3);
        JudgeTus("OPTIONS", "uploads", 204, await tus.SendAsync("OPTIONS", TusClient.Root, []));
        JudgeTus("OPTIONS", $"uploads/{Nothing}", 204, await tus.SendAsync("OPTIONS", $"{TusClient.Root}/{Nothing}", []));
        JudgeTus("POST", "uploads", 201, await tus.CreateWithAsync(picture));
        JudgeTus("POST", "uploads", 400, await tus.SendAsync("POST", TusClient.Root, [("Upload-Length", "long")]));
        JudgeTus("POST", "uploads", 413, await tus.CreateAsync(100_001));
        JudgeTus("POST", "uploads", 415, await tus.CreateWithAsync("a text"u8.ToArray()));
        JudgeTus("POST", "uploads", 422, await tus.CreateAsync(0));
        JudgeTus("POST", "uploads", 460, await tus.CreateWithAsync(Pictures.Png(4), checksum: $"sha1 {Convert.ToBase64String(new byte[20])}"));

        var begun = await tus.CreateAsync(100);
        JudgeTus("POST", "uploads", 201, begun);
        var path = begun.Place[(TusClient.Root.Length - "uploads".Length)..];
        JudgeTus("PATCH", path, 204, await tus.PatchAsync(begun.Place, 0, new byte[10]));
        JudgeTus("PATCH", path, 409, await tus.PatchAsync(begun.Place, 5, new byte[10]));
        JudgeTus("PATCH", path, 413, await tus.PatchAsync(begun.Place, 10, new byte[91]));
        JudgeTus("PATCH", path, 460, await tus.PatchAsync(begun.Place, 10, new byte[5], $"sha1 {Convert.ToBase64String(new byte[20])}"));
        JudgeTus(
            "PATCH",
            path,
            415,
            await tus.SendAsync("PATCH", begun.Place, [("Upload-Offset", "10"), ("Content-Type", "image/png")], new ByteArrayContent([1]))
        );
        JudgeTus("POST", path, 204, await tus.SendAsync("POST", begun.Place, [("X-HTTP-Method-Override", "DELETE")]));
        JudgeTus("POST", path, 405, await tus.SendAsync("POST", begun.Place, []));
        JudgeTus("PATCH", path, 404, await tus.PatchAsync(begun.Place, 0, [1]));
        JudgeTus("DELETE", path, 404, await tus.DeleteAsync(begun.Place));

        var cut = Pictures.Png(5)[..^20];
        var damaged = await tus.CreateAsync(cut.Length);
        JudgeTus("PATCH", path, 422, await tus.PatchAsync(damaged.Place, 0, cut));
        JudgeTus("DELETE", path, 204, await tus.DeleteAsync((await tus.CreateAsync(100)).Place));
        var old = await tus.CreateAsync(100);
        await _app.ExecuteSqlAsync("UPDATE uploads SET expires_at = now() - interval '1 second'");
        JudgeTus("PATCH", path, 410, await tus.PatchAsync(old.Place, 0, [1]));
        JudgeTus("DELETE", path, 410, await tus.DeleteAsync(old.Place));
    }

    private async Task ExportsAsync()
    {
        _export = (await CallAsync(_ana, "POST", "export", 201))["id"]!;
        await CallAsync(_ana, "GET", $"export/{_export}", 200);
        await CallAsync(_ana, "GET", $"export/{_export}/download", 200);
        await WithoutStoreAsync();
        await _app.ExecuteSqlAsync("UPDATE exports SET requested_at = requested_at - interval '2 days'");
        await CallAsync(_ana, "GET", $"export/{_export}/download", 409);
    }

    private async Task ModerationAsync()
    {
        foreach (var list in new[] { "moderation/reports", "moderation/decisions", "moderation/bans" })
        {
            await CallAsync(_ben, "GET", list, 404);
            await CallAsync(_mia, "GET", $"{list}?per_page=0", 400);
        }

        await CallAsync(
            _ben,
            "POST",
            "reports",
            400,
            new
            {
                user_id = Nothing,
                album_id = Nothing,
                reason = "spam",
            }
        );
        await CallAsync(_ben, "POST", "reports", 404, new { comment_id = Nothing, reason = "spam" });
        var report = (await CallAsync(_ben, "POST", "reports", 201, new { image_id = _image, reason = "spam" }))["id"];
        await CallAsync(_ben, "POST", "reports", 400, new { reason = "spam" });
        await CallAsync(_ben, "POST", "reports", 404, new { image_id = Nothing, reason = "spam" });
        await CallAsync(_ben, "POST", "reports", 409, new { image_id = _image, reason = "spam" });
        await CallAsync(_mia, "GET", "moderation/reports", 200);
        await CallAsync(_mia, "GET", $"moderation/reports/{report}", 200);
        await CallAsync(_mia, "POST", $"moderation/reports/{report}/resolve", 400, new { note = "Nothing said." });
        await CallAsync(_max, "POST", $"moderation/reports/{report}/resolve", 403, new { action = "ban" });
        var removed = await CallAsync(_mia, "POST", $"moderation/reports/{report}/resolve", 200, new { action = "remove", message = "An advert." });
        await CallAsync(_mia, "POST", $"moderation/reports/{report}/resolve", 409, new { action = "remove", message = "An advert." });
        await CallAsync(_ana, "POST", $"images/{_image}/restore", 403);
        await CallAsync(_mia, "GET", "moderation/decisions", 200);
        await CallAsync(_mia, "POST", $"moderation/decisions/{removed["id"]}/undo", 204);
        await CallAsync(_mia, "POST", $"moderation/decisions/{removed["id"]}/undo", 409);
    }

    private async Task BansAsync()
    {
        await CallAsync(_mia, "POST", $"users/{_benId}/ban", 400, Malformed);
        await CallAsync(_max, "POST", $"users/{_benId}/ban", 403, new { note = "Enough." });
        var ban = await CallAsync(_mia, "POST", $"users/{_benId}/ban", 200, new { note = "Enough." });
        await CallAsync(_mia, "POST", $"users/{_benId}/ban", 409, new { note = "Enough." });
        await CallAsync(_mia, "GET", "moderation/bans", 200);
        await CallAsync(_visitor, "POST", "auth/login", 403, new { username = "ben", password = MemberClient.Password });
        await CallAsync(_max, "POST", $"moderation/decisions/{ban["id"]}/undo", 403);
        await CallAsync(_max, "DELETE", $"users/{_benId}/ban", 403);
        await CallAsync(_mia, "DELETE", $"users/{_benId}/ban", 204);
        await CallAsync(_mia, "DELETE", $"users/{_benId}/ban", 409);
    }

    private async Task LogoutAsync()
    {
        await CallAsync(_max, "POST", "auth/logout", 204);
        await CallAsync(_max, "POST", "auth/logout", 401);
    }

    private async Task WithoutStoreAsync()
    {
        var marker = Directory.GetFiles(_app.DataPath, "_goimg-objects", SearchOption.AllDirectories).Single();
        File.Move(marker, marker + "-away");
        await CallAsync(_ana, "POST", "export", 503);
        await CallAsync(_ana, "GET", $"export/{_export}/download", 503);
        await Eventually.TrueAsync(async () => (await _visitor.GetAsync("health/ready")).Status == HttpStatusCode.ServiceUnavailable);
        await CallAsync(_visitor, "GET", "health/ready", 503);
        File.Move(marker + "-away", marker);
    }

    private async Task WithoutRoomAsync()
    {
        await using var node = await _app.BesideAsync($"Storage:ReserveBytes={long.MaxValue}");
        using var ana = new ApiClient(node) { AccessToken = _ana.AccessToken };
        using var tus = new TusClient(node.Address, _ana.AccessToken);
        await PostImageAsync(ana, 507, Pictures.Png(6));
        JudgeTus("POST", "uploads", 507, await tus.CreateWithAsync(Pictures.Png(7)));
        JudgeTus("PATCH", $"uploads/{Nothing}", 507, await tus.PatchAsync((await tus.CreateAsync(100)).Place, 0, [1]));
    }

    private async Task TooOftenAsync()
    {
        await using var node = await _app.BesideAsync("Limits:RequestsPerMinute=1", "Limits:UploadRequestsPerMinute=1");
        using var visitor = new ApiClient(node);
        await visitor.GetAsync("health/live");
        await visitor.SendAsync(HttpMethod.Options, "uploads");
        foreach (var operation in Contract.Operations)
            Contract.Judge(operation.Method, operation.PathToNothing, 429, await visitor.SendAsync(operation.Method, operation.PathToNothing));
    }

    // What one has already.
    private async Task NotModifiedAsync(ApiClient api, string path)
    {
        var found = await CallAsync(api, "GET", path, 200);
        Contract.Judge(
            HttpMethod.Get,
            path,
            304,
            await api.SendContentAsync(HttpMethod.Get, path, null, request => request.Headers.IfNoneMatch.Add(found.Headers.ETag!))
        );
    }

    private async Task OtherVersionAsync(ApiClient api, string method, string path, object body) =>
        Contract.Judge(
            HttpMethod.Parse(method),
            path,
            412,
            await api.SendContentAsync(
                HttpMethod.Parse(method),
                path,
                JsonContent.Create(body),
                request => request.Headers.IfMatch.Add(new("\"other\""))
            )
        );

    private Task<ApiResponse> CallAsync(ApiClient api, string method, string path, int status, object? body = null) =>
        Contract.SendAsync(api, HttpMethod.Parse(method), path, status, body);

    private async Task<ApiResponse> PostImageAsync(ApiClient api, int status, byte[] file, params (string Name, string Value)[] more)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in more.Prepend(("title", "Harbour")).UnionBy([("visibility", "public")], field => field.Item1))
            form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(file), "file", "test.png");
        var response = await api.SendContentAsync(HttpMethod.Post, "images", form);
        Contract.Judge(HttpMethod.Post, "images", status, response);
        return response;
    }

    private void JudgeTus(string method, string path, int status, TusResponse response) =>
        Contract.Judge(
            HttpMethod.Parse(method),
            path,
            status,
            new ApiResponse(response.Status, response.ContentType, response.Text, response.Headers)
        );

    private async Task<ApiClient> SignInAsync(string username, Role role = Role.Member)
    {
        await _app.SignUpAsync(username, role);
        var api = new ApiClient(_app);
        await api.SignInAsync(username);
        return api;
    }

    private static ImageId IdOf(string id) => new(Guid.Parse(id));
}
