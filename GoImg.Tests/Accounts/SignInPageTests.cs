using GoImg.Core.Accounts;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Accounts;

public sealed class SignInPageTests
{
    [Fact]
    public async Task Somebody_who_joins_is_signed_in_and_can_sign_out_and_in_again()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");

        Assert.Contains("ana@example.org", await ana.Http.GetStringAsync("/account", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var signedOut = await ana.Http.PostFormAsync("/account", null, [], action: "/sign-out");
        using var afterwards = await ana.GetAsync("/account");
        var again = await ana.SignInElsewhereAsync();

        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Faccount", afterwards.Headers.Location!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_name_and_never_the_password()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        using var browser = app.NewClient();

        using var answer = await browser.PostFormAsync("/sign-in", "sign-in", new() { ["login"] = "ana", ["password"] = "not her password" });

        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("value=\"ana\"", html, StringComparison.Ordinal);
        Assert.Contains("Name or password is wrong", html, StringComparison.Ordinal);
        Assert.DoesNotContain("not her password", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_elsewhere_ends_that_browser_at_its_next_request()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var phone = await ana.SignInElsewhereAsync();
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/account")).StatusCode);
        var sessions = await app.InScopeAsync<SessionService, IReadOnlyList<Session>>(async s => (await s.ListAsync(ana.Actor, ana.Id, CancellationToken.None)).Value());
        var phones = sessions.OrderBy(s => s.CreatedAt).Last();

        using var ended = await ana.Http.PostFormAsync("/account", $"end-{phones.Id}", new() { ["session"] = phones.Id.ToString() });

        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_the_old_password()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var phone = await ana.SignInElsewhereAsync();

        using var changed = await ana.Http.PostFormAsync(
            "/account", "password", new() { ["old_password"] = MemberClient.Password, ["new_password"] = "nine otters under one moon" });
        using var browser = app.NewClient();
        using var old = await browser.PostFormAsync("/sign-in", "sign-in", new() { ["login"] = "ana", ["password"] = MemberClient.Password });

        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
    }

    [Fact]
    public async Task A_suspended_member_is_out_within_seconds()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");

        await app.ExecuteSqlAsync("UPDATE members SET status = 'Suspended', suspended_until = now() + interval '1 day'");

        await Eventually.TrueAsync(async () => (await ana.GetAsync("/account")).StatusCode == HttpStatusCode.Redirect, TimeSpan.FromSeconds(5));
    }
}
