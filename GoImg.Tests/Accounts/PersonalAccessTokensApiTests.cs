using GoImg.Core.Accounts;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Accounts;

public sealed class PersonalAccessTokensApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_token_is_made_shown_once_listed_used_and_revoked()
    {
        using var api = await SignInAsync("ana");

        var made = await api.MakeTokenAsync([TokenScope.Upload, TokenScope.Read, TokenScope.Read]);
        using var script = new ApiClient(shared.App) { AccessToken = made["token"]! };
        var used = await script.GetAsync("users/me");
        var list = await api.GetAsync("users/me/tokens");
        var revoked = await api.SendAsync(HttpMethod.Delete, $"users/me/tokens/{made["id"]}");

        Assert.Equal((HttpStatusCode.Created, "A script", "[\"read\",\"upload\"]"), (made.Status, made["name"], made["scopes"]));
        Assert.Equal("no-store", made.Headers.CacheControl?.ToString());
        Assert.EndsWith($"/users/me/tokens/{made["id"]}", made.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, used.Status);
        var listed = Assert.Single(list.Json.GetProperty("items").EnumerateArray());
        Assert.Equal(made["id"], listed.GetProperty("id").GetString());
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, listed.GetProperty("last_used_at").ValueKind);
        Assert.DoesNotContain(made["token"]!, list.Text, StringComparison.Ordinal);
        Assert.False(listed.TryGetProperty("token", out _));
        Assert.Equal(HttpStatusCode.NoContent, revoked.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await script.GetAsync("users/me")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.SendAsync(HttpMethod.Delete, $"users/me/tokens/{made["id"]}")).Status);
    }

    [Fact]
    public async Task A_repeated_request_makes_no_second_token_and_does_not_tell_the_first_again()
    {
        using var api = await SignInAsync("ana");

        var first = await api.MakeTokenAsync([TokenScope.Read], key: "one");
        var again = await api.MakeTokenAsync([TokenScope.Read], key: "one");

        Assert.NotNull(first["token"]);
        Assert.Equal((HttpStatusCode.Created, first["id"], null), (again.Status, again["id"], again["token"]));
        Assert.Single((await api.GetAsync("users/me/tokens")).Json.GetProperty("items").EnumerateArray());
        var kept = await shared.App.InScopeAsync(
            (Infrastructure.Database.GoImgDbContext db) =>
                Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(
                    Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.SqlQuery<string>(
                        db.Database,
                        $"SELECT convert_from(body, 'UTF8') AS \"Value\" FROM idempotency_keys WHERE body IS NOT NULL"
                    )
                )
        );
        Assert.DoesNotContain(kept, body => body.Contains(TokenSecret.Prefix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_is_told_field_by_field()
    {
        using var api = await SignInAsync("ana");

        var refused = await api.SendAsync(HttpMethod.Post, "users/me/tokens", new { });
        var unknown = await api.SendAsync(HttpMethod.Post, "users/me/tokens", new { name = "x", scopes = new[] { "admin" } });

        Assert.Equal(
            ["name", "scopes", "expires_at"],
            refused.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString())
        );
        Assert.Equal(HttpStatusCode.BadRequest, unknown.Status);
        Assert.Contains("read, upload, write or export", unknown["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_older_than_a_quarter_of_an_hour_makes_none()
    {
        using var api = await SignInAsync("ana");
        var me = (await api.GetAsync("users/me"))["id"];
        await shared.App.ExecuteSqlAsync($"UPDATE sessions SET created_at = created_at - interval '16 minutes' WHERE member_id = '{me}'");

        var refused = await api.MakeTokenAsync([TokenScope.Read]);

        Assert.Equal((HttpStatusCode.Forbidden, "account.sign_in_again"), (refused.Status, refused["code"]));
        Assert.Contains("15 minutes", refused["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_makes_no_token()
    {
        using var api = await (await shared.SignUpAsync("ana")).ApiByTokenAsync(Enum.GetValues<TokenScope>());

        Assert.Equal("api.not_for_tokens", (await api.MakeTokenAsync([TokenScope.Read]))["code"]);
    }

    [Fact]
    public async Task A_new_password_ends_tokens_and_the_page_says_so_before()
    {
        var ana = await shared.SignUpAsync("ana");
        using var api = await ana.ApiByTokenAsync(TokenScope.Read);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("users/me")).Status);
        Assert.Contains(
            "revokes your access tokens",
            await ana.Http.GetStringAsync("/account", TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        using var changed = await ana.Http.PostFormAsync(
            "/account",
            "password",
            new() { ["old_password"] = MemberClient.Password, ["new_password"] = "nine herons left the ford again" }
        );

        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("users/me")).Status);
    }

    private async Task<ApiClient> SignInAsync(string name)
    {
        var member = await shared.SignUpAsync(name);
        var api = new ApiClient(shared.App);
        await api.SignInAsync(member.Username);
        return api;
    }
}
