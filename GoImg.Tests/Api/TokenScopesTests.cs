using System.Net.Http.Headers;
using GoImg.Core.Accounts;
using GoImg.Tests.Accounts;
using GoImg.Tests.Harness;
using GoImg.Web.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Api;

/// <summary>What a personal access token is good for, and where.</summary>
public sealed class TokenScopesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    // A new one is closed until somebody has thought about it, and these stay so.
    private static readonly string[] Closed =
    [
        "DELETE users/{id:guid}/ban",
        "DELETE users/{id:guid}/sessions/{sessionId:guid}",
        "DELETE users/me/tokens/{tokenId:guid}",
        "GET moderation/bans",
        "GET moderation/decisions",
        "GET moderation/reports",
        "GET moderation/reports/{id:guid}",
        "GET users/{id:guid}/sessions",
        "GET users/me/tokens",
        "POST auth/login",
        "POST auth/logout",
        "POST auth/refresh",
        "POST auth/register",
        "POST moderation/decisions/{id:guid}/undo",
        "POST moderation/reports/{id:guid}/resolve",
        "POST users/{id:guid}/ban",
        "POST users/me/tokens",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<(string Method, string Path, TokenRule? Rule)> Operations =>
        from endpoint in shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where ApiV1.Has(path)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, path[(ApiV1.Prefix.Length + 1)..], endpoint.Metadata.GetMetadata<TokenRule>());

    [Fact]
    public void Every_operation_names_the_scope_it_needs_or_says_that_it_is_closed_to_tokens()
    {
        Assert.Empty(Operations.Where(o => o.Rule is null).Select(o => $"{o.Method} {o.Path}"));
        Assert.Equal(
            Closed.Order(StringComparer.Ordinal),
            Operations.Where(o => o.Rule is { Scope: null } && o.Method != "HEAD").Select(o => $"{o.Method} {o.Path}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Each_operation_takes_tokens_with_its_scope_and_no_others()
    {
        var ana = await shared.SignUpAsync("ana");
        var wrong = new List<string>();

        foreach (var scope in Enum.GetValues<TokenScope>())
        {
            using var api = await ana.ApiByTokenAsync(scope);
            foreach (var (method, path, rule) in Operations)
            {
                var response = await api.SendAsync(HttpMethod.Parse(method), ToNothing(path));
                var expected =
                    rule?.Scope == scope ? null
                    : rule?.Scope is { } needed ? $"scope {needed.ToString().ToLowerInvariant()}"
                    : "closed";
                if (expected != Refusal(response))
                    wrong.Add($"{method} {path} by {scope}: {(int)response.Status} {response.Text}, not {expected ?? "taken"}");
            }
        }

        Assert.Empty(wrong);

        static string? Refusal(ApiResponse response) =>
            response.Status == HttpStatusCode.Unauthorized ? "401"
            : response.Status != HttpStatusCode.Forbidden ? null
            // HEAD has no body to tell.
            : response.Headers.WwwAuthenticate.FirstOrDefault() is { } challenge && challenge.Parameter!.Contains("insufficient_scope")
                ? "scope " + challenge.Parameter.Split("scope=\"")[1].TrimEnd('"')
            : response.Text.Length == 0 || response["code"] == "api.not_for_tokens" ? "closed"
            : null;
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        using var api = await (await shared.SignUpAsync("ana")).ApiByTokenAsync(TokenScope.Read, TokenScope.Upload);

        var refused = await api.SendAsync(HttpMethod.Post, "albums", new { title = "Sea" });

        Assert.Equal((HttpStatusCode.Forbidden, "api.missing_scope"), (refused.Status, refused["code"]));
        Assert.Contains("scope write", refused["detail"], StringComparison.Ordinal);
        Assert.Equal("error=\"insufficient_scope\", scope=\"write\"", refused.Headers.WwwAuthenticate.Single().Parameter);
    }

    [Fact]
    public async Task Unknown_mistyped_expired_and_revoked_tokens_are_answered_alike()
    {
        var ana = await shared.SignUpAsync("ana");
        var (expired, revoked) = (await ana.MakeTokenAsync(TokenScope.Read), await ana.MakeTokenAsync(TokenScope.Read));
        await shared.App.ExecuteSqlAsync($"UPDATE personal_access_tokens SET expires_at = now() WHERE id = '{expired.Id}'");
        using var session = new ApiClient(shared.App);
        await session.SignInAsync(ana.Username);
        Assert.Equal(HttpStatusCode.NoContent, (await session.SendAsync(HttpMethod.Delete, $"users/me/tokens/{revoked.Id}")).Status);
        var answers = new HashSet<string>();

        foreach (var text in new[] { expired.Text, revoked.Text, TokenSecret.Issue().Text, "goimg_pat_", revoked.Text[..^1] + "-" })
        {
            using var api = new ApiClient(shared.App) { AccessToken = text };
            var refused = await api.GetAsync("users/me");
            answers.Add($"{refused.Status} {refused["code"]} {refused["detail"]} {refused.Headers.WwwAuthenticate}");
        }

        Assert.StartsWith("Unauthorized api.invalid_token", Assert.Single(answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_staff_acts_as_a_member()
    {
        var (ana, ada) = (await shared.SignUpAsync("ana"), await shared.SignUpAsync("ada", Role.Admin));
        using var mine = await ana.ApiByTokenAsync(TokenScope.Upload);
        var image = (await mine.SendContentAsync(HttpMethod.Post, "images", UploadClient.Form(Pictures.Png(), [], fieldsFirst: true)))["id"];
        using var session = new ApiClient(shared.App);
        await session.SignInAsync(ada.Username);
        using var token = await ada.ApiByTokenAsync(Enum.GetValues<TokenScope>());

        Assert.Equal(HttpStatusCode.OK, (await session.GetAsync($"images/{image}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await token.GetAsync($"images/{image}")).Status);
        Assert.NotNull((await session.GetAsync($"users/{ana.Id}"))["email"]);
        Assert.Null((await token.GetAsync($"users/{ana.Id}"))["email"]);
        Assert.Equal(HttpStatusCode.NotFound, (await token.SendAsync(HttpMethod.Delete, $"images/{image}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await token.SendAsync(HttpMethod.Put, $"users/{ana.Id}", new { display_name = "Ada's" })).Status);
    }

    [Fact]
    public async Task Of_what_is_not_the_API_tokens_open_the_renditions_that_it_links_to_and_nothing_else()
    {
        var ana = await shared.SignUpAsync("ana");
        using var api = await ana.ApiByTokenAsync(TokenScope.Upload);
        var image = await api.SendContentAsync(HttpMethod.Post, "images", UploadClient.Form(Pictures.Png(), [], fieldsFirst: true));
        using var session = new ApiClient(shared.App);
        await session.SignInAsync(ana.Username);
        await shared.App.WaitForImageAsync(new(Guid.Parse(image["id"]!)), Core.Images.ImageState.Active);
        var read = (await ana.MakeTokenAsync(TokenScope.Read)).Text;
        var thumbnail = image.Json.GetProperty("variants").GetProperty("thumbnail").GetString()!;

        Assert.Equal(HttpStatusCode.OK, await GetAsync(thumbnail, read));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(thumbnail, session.AccessToken));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(thumbnail, api.AccessToken));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(thumbnail, TokenSecret.Issue().Text));
        foreach (var token in new[] { read, session.AccessToken })
        {
            Assert.Equal(HttpStatusCode.NotFound, await GetAsync(image["page"]!, token));
            foreach (var page in new[] { "/account", "/account/tokens", "/library", "/upload" })
                Assert.Equal(HttpStatusCode.Redirect, await GetAsync(page, token));
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/uploads/allowance", token));
            Assert.Equal(HttpStatusCode.Redirect, await PostAsync($"/account/tokens/{ApiTraffic.Nothing}/revoke", token));
            Assert.Equal(HttpStatusCode.Redirect, await PostAsync("/upload", token));
            Assert.Equal(
                await PostAsync("/_blazor/negotiate?negotiateVersion=1", null),
                await PostAsync("/_blazor/negotiate?negotiateVersion=1", token)
            );
        }

        Task<HttpStatusCode> GetAsync(string path, string token) => SendAsync(HttpMethod.Get, path, token, null);

        async Task<HttpStatusCode> PostAsync(string path, string? token)
        {
            using var form = new FormUrlEncodedContent([]);
            return await SendAsync(HttpMethod.Post, path, token, form);
        }
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, string? token, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await shared.App.Anonymous.SendAsync(request, Token);
        return response.StatusCode;
    }

    private static string ToNothing(string path) =>
        string.Join(
            '/',
            path.Split('/')
                .Select(part =>
                    part is "{name}" ? "small"
                    : part.StartsWith('{') ? ApiTraffic.Nothing
                    : part
                )
        );
}
