using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GoImg.Tests.Api;

/// <summary>What holds for all operations alike.</summary>
public sealed class ApiRulesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/explore", "caller-1.2_3", "caller-1.2_3")]
    [InlineData("/css/base.css", "a", "a")]
    [InlineData(
        "/api/v1/nowhere",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    )]
    [InlineData("/api/v1/users/me", "with blank", null)]
    [InlineData("/nowhere", "<script>", null)]
    [InlineData("/health/ready", "", null)]
    public async Task Every_response_has_an_id_the_callers_own_if_it_is_well_formed(string path, string sent, string? expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Request-ID", sent);

        using var response = await shared.App.Anonymous.SendAsync(request, Token);

        var id = Assert.Single(response.Headers.GetValues("X-Request-ID"));
        if (expected is not null)
            Assert.Equal(expected, id);
        else
            Assert.Matches("^[0-9a-f]{32}$", id);
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            Assert.Equal(id, (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task An_id_that_is_too_long_is_replaced()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nowhere");
        request.Headers.Add("X-Request-ID", new string('a', 129));

        using var response = await shared.App.Anonymous.SendAsync(request, Token);

        Assert.Equal(32, Assert.Single(response.Headers.GetValues("X-Request-ID")).Length);
    }

    [Fact]
    public async Task What_is_logged_during_a_request_has_its_id_beside_it()
    {
        await using var app = await GoImgApp.StartAsync("GOIMG_FAILPOINTS=upload.after-stage:error", GoImgApp.NoJobs);
        using var scopes = new LoggedScopes();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(scopes);
        using var api = await SignInAsync(app, "ana");

        var broken = await api.SendContentAsync(
            HttpMethod.Post,
            "images",
            UploadClient.Form(Pictures.Png(), [], fieldsFirst: true),
            request => request.Headers.Add("X-Request-ID", "of-the-caller")
        );

        Assert.Equal((HttpStatusCode.InternalServerError, "of-the-caller"), (broken.Status, broken["traceId"]));
        Assert.Contains(scopes.OfErrors, scope => scope == "X-Request-ID:of-the-caller");
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", 404)]
    [InlineData("DELETE", "/api/v1/auth/login", 405)]
    [InlineData("PUT", "/api/v1/images", 405)]
    public async Task An_unknown_route_and_a_wrong_method_are_problems(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);

        using var response = await shared.App.Anonymous.SendAsync(request, Token);

        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(status == 405, response.Content.Headers.Allow.Contains("POST"));
    }

    [Fact]
    public async Task Titles_of_problems_name_their_kind()
    {
        using var api = new ApiClient(shared.App);
        var (ana, ben) = (await shared.SignUpAsync("ana"), await shared.SignUpAsync("ben"));

        var invalid = await api.SendAsync(HttpMethod.Post, "auth/register", new { email = "no" });
        var credentials = await api.SendAsync(HttpMethod.Post, "auth/login", new { username = ana.Username, password = "wrong" });
        await api.SignInAsync(ben.Username);
        var forbidden = await api.SendAsync(HttpMethod.Put, $"users/{ana.Id}", new { display_name = "Ben" });

        Assert.Equal(("Validation failed", HttpStatusCode.BadRequest), (invalid["title"], invalid.Status));
        Assert.Equal(("Invalid credentials", HttpStatusCode.Unauthorized), (credentials["title"], credentials.Status));
        Assert.Equal(("Forbidden", HttpStatusCode.Forbidden), (forbidden["title"], forbidden.Status));
    }

    [Fact]
    public async Task A_name_that_can_not_be_one_signs_nobody_in()
    {
        using var api = new ApiClient(shared.App);

        foreach (var name in new[] { "\uFFFE\uFFFF", "a\u0000", "\uFDD0", "👩‍👩‍👧", new string('x', 5_000) })
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                (await api.SendAsync(HttpMethod.Post, "auth/login", new { username = name, password = "wrong" })).Status
            );
    }

    [Fact]
    public async Task A_request_sent_again_with_its_key_creates_nothing_more_and_another_request_can_not_have_it()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");

        var first = await ExportAsync("one");
        var again = await ExportAsync("one");
        var other = await ExportAsync("two");
        var stranger = await SignInAsync(app, "ben");
        var same = await stranger.SendContentAsync(HttpMethod.Post, "export", null, r => r.Headers.Add("Idempotency-Key", "one"));

        Assert.Equal((HttpStatusCode.Created, first["id"], first.Headers.Location), (again.Status, again["id"], again.Headers.Location));
        Assert.Equal((false, true), (first.Headers.Contains("Idempotency-Replayed"), again.Headers.Contains("Idempotency-Replayed")));
        Assert.NotEqual(first["id"], other["id"]);
        Assert.NotEqual(first["id"], same["id"]);

        Task<ApiResponse> ExportAsync(string key) =>
            api.SendContentAsync(HttpMethod.Post, "export", null, request => request.Headers.Add("Idempotency-Key", key));
    }

    [Fact]
    public async Task An_upload_sent_again_with_its_key_is_the_same_whatever_its_boundary_and_another_file_is_refused()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");

        var first = await UploadAsync(Pictures.Noisy(1, 200, 200));
        var again = await UploadAsync(Pictures.Noisy(1, 200, 200));
        var other = await UploadAsync(Pictures.Noisy(2, 200, 200));
        await app.ExecuteSqlAsync("UPDATE idempotency_keys SET claimed_at = claimed_at - interval '25 hours'");
        var later = await UploadAsync(Pictures.Noisy(2, 200, 200));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, first["id"]), (first.Status, again.Status, again["id"]));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "api.idempotency_key_of_another"), (other.Status, other["code"]));
        Assert.Equal(HttpStatusCode.Created, later.Status);
        Assert.NotEqual(first["id"], later["id"]);

        Task<ApiResponse> UploadAsync(byte[] file) =>
            api.SendContentAsync(
                HttpMethod.Post,
                "images",
                UploadClient.Form(file, [], fieldsFirst: true),
                request => request.Headers.Add("Idempotency-Key", "k")
            );
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        using var api = await SignInAsync(app, "ana");

        var refused = await ReportAsync(new { reason = "spam" });
        var image = (await (await app.SignUpAsync("ben")).UploadAsync(Pictures.Png(), Visibility.Public)).Value();
        await app.ExecuteSqlAsync("UPDATE images SET state = 'Active'");
        var filed = await ReportAsync(new { reason = "spam", image_id = image.ImageId.Value });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Created), (refused.Status, filed.Status));

        Task<ApiResponse> ReportAsync(object report) =>
            api.SendContentAsync(HttpMethod.Post, "reports", JsonContent.Create(report), request => request.Headers.Add("Idempotency-Key", "k"));
    }

    [Fact]
    public async Task An_edit_on_a_condition_is_made_while_it_holds_and_a_like_does_not_break_it()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync();
        using var api = new ApiClient(app);
        await api.SignInAsync("ana");
        var before = await api.GetAsync($"images/{image.Id}");

        await app.ExecuteSqlAsync("UPDATE image_counters SET likes = 7");
        var liked = await api.GetAsync($"images/{image.Id}");
        var edited = await EditAsync("First", before);
        var late = await EditAsync("Second", before);
        var current = await EditAsync("Third", edited);

        Assert.NotEqual(before.Headers.ETag, liked.Headers.ETag);
        Assert.Equal((HttpStatusCode.OK, "First"), (edited.Status, edited["title"]));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version.other"), (late.Status, late["code"]));
        Assert.Equal((HttpStatusCode.OK, "Third"), (current.Status, current["title"]));

        Task<ApiResponse> EditAsync(string title, ApiResponse seen) =>
            api.SendContentAsync(
                HttpMethod.Patch,
                $"images/{image.Id}",
                JsonContent.Create(new { title }),
                request => request.Headers.IfMatch.Add(seen.Headers.ETag!)
            );
    }

    [Fact]
    public async Task A_list_counts_ten_thousand_and_no_more_links_its_pages_and_goes_on_by_cursor()
    {
        await using var app = await GoImgApp.StartAsync("Site:BaseUrl=http://127.0.0.1", GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var image = (await ana.UploadAsync(Pictures.Png())).Value();
        await app.CopyRowAsync(image.ImageId, 10_001, "{}");
        using var api = new ApiClient(app);
        await api.SignInAsync("ana");

        var second = await api.GetAsync("users/me/images?per_page=100&page=2");
        var last = await api.GetAsync("users/me/images?per_page=100&page=100");
        var beyond = await api.GetAsync("users/me/images?per_page=100&page=101");
        var cursor = last.Json.GetProperty("pagination").GetProperty("next_cursor").GetString();
        var rest = await api.GetAsync($"users/me/images?per_page=100&cursor={cursor}");

        var pagination = second.Json.GetProperty("pagination");
        Assert.Equal(
            (2, 10_000, false, 100),
            (
                pagination.GetProperty("page").GetInt32(),
                pagination.GetProperty("total").GetInt32(),
                pagination.GetProperty("total_is_exact").GetBoolean(),
                pagination.GetProperty("total_pages").GetInt32()
            )
        );
        Assert.Equal(
            "<http://127.0.0.1/api/v1/users/me/images?per_page=100&page=1>; rel=\"first\", "
                + "<http://127.0.0.1/api/v1/users/me/images?per_page=100&page=1>; rel=\"prev\", "
                + "<http://127.0.0.1/api/v1/users/me/images?per_page=100&page=3>; rel=\"next\"",
            Assert.Single(second.Headers.GetValues("Link"))
        );
        Assert.Equal((HttpStatusCode.BadRequest, true), (beyond.Status, beyond["detail"]!.Contains("next_cursor", StringComparison.Ordinal)));
        Assert.Contains("cursor=", Assert.Single(last.Headers.GetValues("Link")), StringComparison.Ordinal);
        Assert.StartsWith("http://127.0.0.1/i/", rest.Json.GetProperty("items")[0].GetProperty("page").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, rest.Json.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, rest.Json.GetProperty("pagination").GetProperty("total").ValueKind);
    }

    private static async Task<ApiClient> SignInAsync(GoImgApp app, string username)
    {
        await app.SignUpAsync(username);
        var api = new ApiClient(app);
        await api.SignInAsync(username);
        return api;
    }

    /// <summary>What stood around each error in the log.</summary>
    private sealed class LoggedScopes : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private readonly ConcurrentQueue<string> _ofErrors = new();
        private IExternalScopeProvider _scopes = null!;

        public IEnumerable<string> OfErrors => _ofErrors;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _scopes.ForEachScope((scope, all) => all.Enqueue(scope?.ToString() ?? ""), _ofErrors);

        public void Dispose() { }
    }
}
