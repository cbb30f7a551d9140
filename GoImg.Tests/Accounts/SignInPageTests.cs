using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Accounts;

public sealed class SignInPageTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Somebody_who_joins_is_signed_in_and_can_sign_out_and_in_again()
    {
        var ana = await shared.SignUpAsync("ana");

        Assert.Contains(ana.Email, await ana.Http.GetStringAsync("/account", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var signedOut = await ana.Http.PostFormAsync("/account", null, [], action: "/sign-out");
        using var afterwards = await ana.GetAsync("/account");
        var again = await ana.SignInElsewhereAsync();

        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Faccount", afterwards.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_name_and_never_the_password()
    {
        var ana = await shared.SignUpAsync("ana");
        using var browser = shared.App.NewClient();

        using var answer = await browser.PostFormAsync("/sign-in", "sign-in", new() { ["login"] = ana.Username, ["password"] = "not her password" });

        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains($"value=\"{ana.Username}\"", html, StringComparison.Ordinal);
        Assert.Contains("Name or password is wrong", html, StringComparison.Ordinal);
        Assert.DoesNotContain("not her password", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_elsewhere_ends_that_browser_at_its_next_request()
    {
        var ana = await shared.SignUpAsync("ana");
        var phone = await ana.SignInElsewhereAsync();
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/account")).StatusCode);
        var sessions = await shared.App.InScopeAsync<SessionService, Page<Session>>(async s =>
            (await s.ListAsync(ana.Actor, ana.Id, null, 10, CancellationToken.None)).Value()
        );
        var phones = sessions.Items.OrderBy(s => s.CreatedAt).Last();

        using var ended = await ana.Http.PostFormAsync("/account", null, [], action: $"/account/sessions/{phones.Id}/end");

        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Sessions_are_shown_twenty_at_a_time_the_last_used_first()
    {
        var ana = await shared.SignUpAsync("ana");
        // Two of each moment, so that the page ends between equals.
        await shared.App.ExecuteSqlAsync(
            "INSERT INTO sessions (id, member_id, kind, created_at, last_seen_at, expires_at, is_remembered, address, user_agent, version) "
                + "SELECT gen_random_uuid(), member_id, kind, created_at, last_seen_at - (n / 2) * interval '1 minute', expires_at, is_remembered, address, 'Device ' || n, 0 "
                + $"FROM sessions, generate_series(4, 27) n WHERE member_id = '{ana.Id}'"
        );

        var first = await ana.Http.GetStringAsync("/account", TestContext.Current.CancellationToken);
        var next = System.Text.RegularExpressions.Regex.Match(first, "/account\\?after=[^\"]+").Value;
        var second = await ana.Http.GetStringAsync(next, TestContext.Current.CancellationToken);
        using var api = new ApiClient(shared.App);
        await api.SignInAsync(ana.Username);
        var listed = await api.GetAsync($"users/{ana.Id}/sessions?per_page=7");

        var (shown, more) = (Devices(first), Devices(second));
        Assert.Equal((20, 5, 25), (Rows(first), Rows(second), shown.Concat(more).Distinct().Count() + 1));
        Assert.True(shown.Max() < more.Max() && !second.Contains("rel=\"next\"", StringComparison.Ordinal));
        Assert.Equal(
            (7, false),
            (
                listed.Json.GetProperty("items").GetArrayLength(),
                string.IsNullOrEmpty(listed.Json.GetProperty("pagination").GetProperty("next_cursor").GetString())
            )
        );

        static int Rows(string html) => html.Split("/account/sessions/").Length - 1;
        static int[] Devices(string html) =>
            [
                .. System
                    .Text.RegularExpressions.Regex.Matches(html, "Device (\\d+)")
                    .Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)),
            ];
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_the_old_password()
    {
        var ana = await shared.SignUpAsync("ana");
        var phone = await ana.SignInElsewhereAsync();

        using var changed = await ana.Http.PostFormAsync(
            "/account",
            "password",
            new() { ["old_password"] = MemberClient.Password, ["new_password"] = "nine otters under one moon" }
        );
        using var browser = shared.App.NewClient();
        using var old = await browser.PostFormAsync("/sign-in", "sign-in", new() { ["login"] = ana.Username, ["password"] = MemberClient.Password });

        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
    }

    [Fact]
    public async Task A_suspended_member_is_out_within_seconds()
    {
        var ana = await shared.SignUpAsync("ana");

        await shared.App.ExecuteSqlAsync(
            $"UPDATE members SET status = 'Suspended', suspended_until = now() + interval '1 day' WHERE id = '{ana.Id}'"
        );

        await Eventually.TrueAsync(async () => (await ana.GetAsync("/account")).StatusCode == HttpStatusCode.Redirect, TimeSpan.FromSeconds(5));
    }
}
