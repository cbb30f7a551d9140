using System.Text.RegularExpressions;
using GoImg.Core.Accounts;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Accounts;

public sealed partial class TokensPageTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_made_shown_once_listed_and_revoked()
    {
        var ana = await shared.SignUpAsync("ana");

        var made = await MakeAsync(ana, [("name", "My <script>"), ("scopes", "read"), ("scopes", "write"), ("days", "30")]);
        var secret = Secret().Match(made).Value;
        using var api = new ApiClient(shared.App) { AccessToken = secret };
        var before = await api.GetAsync("users/me");
        var listed = await ana.Http.GetStringAsync("/account/tokens", Token);
        using var revoked = await ana.Http.PostFormAsync("/account/tokens", null, [], RevokeAction().Match(listed).Groups[1].Value);
        var after = await ana.Http.GetStringAsync("/account/tokens", Token);

        Assert.Equal(HttpStatusCode.OK, before.Status);
        Assert.Contains("My &lt;script&gt;", listed, StringComparison.Ordinal);
        Assert.Contains("Read, Write", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenSecret.Prefix, listed, StringComparison.Ordinal);
        Assert.Equal("/account/tokens", revoked.Headers.Location?.ToString());
        Assert.DoesNotContain("My &lt;script&gt;", after, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("users/me")).Status);
    }

    [Fact]
    public async Task A_day_of_ones_own_counts_to_its_end_and_before_the_choice()
    {
        var ana = await shared.SignUpAsync("ana");
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(PersonalAccessToken.MaxDays);

        await MakeAsync(ana, [("name", "x"), ("scopes", "read"), ("days", "30"), ("expires_at", day.ToString("yyyy-MM-dd", null))]);

        var token = Assert.Single(
            (await shared.App.InScopeAsync((Core.SignIn.PersonalAccessTokenService tokens) => tokens.ListAsync(ana.Actor, null, 10, Token)))
                .Value()
                .Items
        );
        Assert.Equal(day, DateOnly.FromDateTime(token.ExpiresAt.UtcDateTime));
        Assert.Equal(23, token.ExpiresAt.UtcDateTime.Hour);
    }

    [Theory]
    [InlineData("expires_at", "2020-01-01")]
    [InlineData("expires_at", "31.12.2026")]
    [InlineData("days", "36500")]
    [InlineData("days", "-1")]
    [InlineData("name", "")]
    [InlineData("scopes", "admin")]
    public async Task What_is_wrong_stands_beside_its_field_and_makes_none(string field, string value)
    {
        var ana = await shared.SignUpAsync("ana");
        Dictionary<string, string> fields = new()
        {
            ["name"] = "Kept",
            ["scopes"] = "read",
            ["days"] = "30",
            [field] = value,
        };

        var page = await MakeAsync(ana, [.. fields.Select(f => (f.Key, f.Value))], HttpStatusCode.BadRequest);

        Assert.DoesNotContain(TokenSecret.Prefix, page, StringComparison.Ordinal);
        Assert.Contains("field-error", page, StringComparison.Ordinal);
        Assert.Equal(field != "name", page.Contains("value=\"Kept\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_quarter_of_an_hour_the_password_is_asked_for()
    {
        var ana = await shared.SignUpAsync("ana");
        await shared.App.ExecuteSqlAsync($"UPDATE sessions SET created_at = created_at - interval '16 minutes' WHERE member_id = '{ana.Id}'");
        (string, string)[] fields = [("name", "x"), ("scopes", "read"), ("days", "30")];

        var asking = await ana.Http.GetStringAsync("/account/tokens", Token);
        var without = await MakeAsync(ana, fields, HttpStatusCode.Forbidden);
        var wrong = await MakeAsync(ana, [.. fields, ("password", "not this one at all")], HttpStatusCode.BadRequest);
        var right = await MakeAsync(ana, [.. fields, ("password", MemberClient.Password)]);

        Assert.Contains("name=\"password\"", asking, StringComparison.Ordinal);
        Assert.All(new[] { without, wrong }, page => Assert.DoesNotContain(TokenSecret.Prefix, page, StringComparison.Ordinal));
        Assert.Contains("This is not your current password.", wrong, StringComparison.Ordinal);
        Assert.Matches(Secret(), right);
    }

    private static async Task<string> MakeAsync(
        MemberClient member,
        (string Name, string Value)[] fields,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        var token = Forms.TokenIn(await member.Http.GetStringAsync("/account/tokens", Token));
        using var content = new FormUrlEncodedContent(
            fields
                .Append(("__RequestVerificationToken", token))
                .Append(("_handler", "token"))
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2))
        );
        using var answer = await member.Http.PostAsync("/account/tokens", content, Token);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    [GeneratedRegex("goimg_pat_[0-9A-Za-z]{49}")]
    private static partial Regex Secret();

    [GeneratedRegex("action=\"(/account/tokens/[^\"]+/revoke)\"")]
    private static partial Regex RevokeAction();
}
