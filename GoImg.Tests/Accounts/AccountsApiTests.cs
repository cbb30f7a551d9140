using System.Text;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Accounts;

public sealed class AccountsApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Register_sign_in_read_and_change_oneself_and_sign_out()
    {
        var app = shared.App;
        using var api = new ApiClient(app);

        var registered = await api.SendAsync(
            HttpMethod.Post,
            "auth/register",
            new
            {
                email = "ana@example.org",
                username = "ana",
                password = MemberClient.Password,
                role = "admin",
            }
        );
        var signedIn = await api.SignInAsync("ana@example.org");
        var me = await api.GetAsync("users/me");
        var edited = await api.SendAsync(
            HttpMethod.Put,
            $"users/{me["id"]}",
            new
            {
                display_name = "Ana K.",
                bio = "Herons.",
                role = "admin",
                status = "banned",
            }
        );
        var signedOut = await api.SendAsync(HttpMethod.Post, "auth/logout");
        var afterwards = await api.GetAsync("users/me");

        Assert.Equal(HttpStatusCode.Created, registered.Status);
        Assert.Equal("Bearer", signedIn["token_type"]);
        Assert.Equal("900", signedIn["expires_in"]);
        Assert.Equal("user", me["role"]);
        Assert.Equal("ana@example.org", me["email"]);
        Assert.EndsWith("Z", me["created_at"], StringComparison.Ordinal);
        Assert.Equal("Ana K.", edited["display_name"]);
        Assert.Equal("user", edited["role"]);
        Assert.Equal(HttpStatusCode.NoContent, signedOut.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, afterwards.Status);
        Assert.Equal("application/problem+json", afterwards.ContentType);
    }

    [Fact]
    public async Task An_old_refresh_token_ends_the_whole_session()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        using var api = new ApiClient(app);
        await api.SignInAsync(ana.Username);
        var (first, accessOfFirst) = (api.RefreshToken, api.AccessToken);

        var renewed = await api.RefreshAsync();
        var twice = await api.RefreshAsync();
        var stolen = await api.RefreshAsync(first);
        var newest = await api.RefreshAsync();
        var me = await api.GetAsync("users/me");
        api.AccessToken = accessOfFirst;
        var earlier = await api.GetAsync("users/me");

        Assert.Equal(HttpStatusCode.OK, renewed.Status);
        Assert.Equal(HttpStatusCode.OK, twice.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, stolen.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, newest.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, me.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, earlier.Status);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_at_once_gives_at_most_one_new_one()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        using var api = new ApiClient(app);
        await api.SignInAsync(ana.Username);
        var token = api.RefreshToken;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => api.SendAsync(HttpMethod.Post, "auth/refresh", new { refresh_token = token }))
        );

        Assert.InRange(answers.Count(a => a.Status == HttpStatusCode.OK), 0, 1);
        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.OK or HttpStatusCode.Unauthorized, a.Text));
    }

    [Fact]
    public async Task A_cookie_is_no_sign_in_for_the_API()
    {
        var ana = await shared.SignUpAsync("ana");

        Assert.Equal(HttpStatusCode.Unauthorized, (await ana.GetAsync("/api/v1/users/me")).StatusCode);
    }

    [Fact]
    public async Task Others_see_neither_email_nor_role_nor_sessions_and_can_change_nothing()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        using var bob = new ApiClient(app);
        await bob.SignInAsync((await shared.SignUpAsync("bob")).Username);

        var seen = await bob.GetAsync($"users/{ana.Id}");
        var sessions = await bob.GetAsync($"users/{ana.Id}/sessions");
        var edited = await bob.SendAsync(HttpMethod.Put, $"users/{ana.Id}", new { display_name = "Bob was here" });

        Assert.Equal(ana.Username, seen["username"]);
        Assert.Null(seen["email"]);
        Assert.Null(seen["role"]);
        Assert.Equal(HttpStatusCode.NotFound, sessions.Status);
        Assert.Equal(HttpStatusCode.Forbidden, edited.Status);
    }

    [Fact]
    public async Task A_session_ended_in_the_browser_is_ended_for_its_tokens()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        using var api = new ApiClient(app);
        await api.SignInAsync(ana.Username);
        var sessions = await api.GetAsync($"users/{ana.Id}/sessions");
        var own = sessions
            .Json.GetProperty("items")
            .EnumerateArray()
            .Single(s => s.GetProperty("is_current").GetBoolean())
            .GetProperty("id")
            .GetString()!;

        using var ended = await ana.Http.PostFormAsync("/account", null, [], action: $"/account/sessions/{own}/end");

        Assert.Equal(2, sessions.Json.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("users/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.RefreshAsync()).Status);
    }

    [Theory]
    [InlineData("POST", "auth/login", "{", "application/json", 400)]
    [InlineData("POST", "auth/login", "", "application/json", 400)]
    [InlineData("POST", "auth/login", "[]", "application/json", 400)]
    [InlineData("POST", "auth/login", "{\"username\": 7}", "application/json", 400)]
    [InlineData("POST", "auth/login", "username=ana", "application/x-www-form-urlencoded", 415)]
    [InlineData("POST", "auth/login", "{\"username\":\"nobody\",\"password\":\"wrong\"}", "application/json", 401)]
    [InlineData("POST", "auth/register", "{}", "application/json", 400)]
    [InlineData("POST", "auth/refresh", "{\"refresh_token\":\"x\"}", "application/json", 401)]
    [InlineData("POST", "auth/logout", "", "application/json", 401)]
    [InlineData("GET", "users/me", "", "application/json", 401)]
    [InlineData("GET", "users/0194d2a0-0000-7000-8000-0000000000a4", "", "application/json", 404)]
    [InlineData("GET", "users/not-an-id", "", "application/json", 404)]
    [InlineData("DELETE", "auth/login", "", "application/json", 405)]
    [InlineData("GET", "nowhere", "", "application/json", 404)]
    [InlineData("GET", "nowhere/at.all", "", "application/json", 404)]
    public async Task Every_failure_is_a_problem_with_a_status_a_reason_and_a_trace(
        string method,
        string path,
        string body,
        string contentType,
        int status
    )
    {
        var app = shared.App;
        using var api = new ApiClient(app);
        using var content = new StringContent(body, Encoding.UTF8, contentType);

        var answer = await api.SendContentAsync(new HttpMethod(method), path, method == "GET" ? null : content);

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.All(new[] { "type", "title", "detail", "instance", "traceId" }, name => Assert.False(string.IsNullOrEmpty(answer[name]), name));
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", answer.Text, StringComparison.Ordinal);
    }
}
