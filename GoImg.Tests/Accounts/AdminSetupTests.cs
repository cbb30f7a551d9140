using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Accounts;

public sealed class AdminSetupTests
{
    [Fact]
    public async Task Of_fifty_uses_of_the_links_at_once_exactly_one_makes_an_admin()
    {
        await using var app = await GoImgApp.StartAsync();
        // As two nodes would: each printed one of its own.
        string[] tokens = [await IssueAsync(app), await IssueAsync(app)];

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => UseAsync(app, tokens[i % 2], $"boss{i}")));

        Assert.Single(results, r => r.IsSuccess);
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.IsType<AccountErrors.LinkSpent>(r.Error));
        Assert.Equal(1, await app.InScopeAsync<IMembers, int>(members => members.CountAdminsAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task A_link_opens_a_page_that_makes_the_admin_and_signs_in_and_then_is_gone()
    {
        await using var app = await GoImgApp.StartAsync();
        var page = "/setup/" + await IssueAsync(app);
        using var browser = app.NewClient();

        using var tooShort = await browser.PostFormAsync(page, "setup", Fields("short"));
        using var made = await browser.PostFormAsync(page, "setup", Fields(MemberClient.Password));
        using var account = await browser.GetAsync("/account", TestContext.Current.CancellationToken);
        using var again = await app.Anonymous.GetAsync(page, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, tooShort.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Null(await app.InScopeAsync<AdminSetup, string?>(setup => setup.IssueLinkAsync(CancellationToken.None)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_or_expired_link_is_spent(string token)
    {
        await using var app = await GoImgApp.StartAsync();
        var real = await IssueAsync(app);
        await app.ExecuteSqlAsync("UPDATE setup_links SET expires_at = now() - interval '1 second'");

        Assert.IsType<AccountErrors.LinkSpent>((await UseAsync(app, token, "boss")).Error);
        Assert.IsType<AccountErrors.LinkSpent>((await UseAsync(app, real, "boss")).Error);
    }

    private static Dictionary<string, string> Fields(string password) =>
        new()
        {
            ["username"] = "boss",
            ["email"] = "boss@example.org",
            ["password"] = password,
        };

    private static async Task<string> IssueAsync(GoImgApp app) =>
        (await app.InScopeAsync<AdminSetup, string?>(setup => setup.IssueLinkAsync(CancellationToken.None)))!;

    private static Task<Result<Member>> UseAsync(GoImgApp app, string token, string name) =>
        app.InScopeAsync<AdminSetup, Result<Member>>(setup =>
            setup.UseLinkAsync(token, new Registration(name, $"{name}@example.org", MemberClient.Password), TestContext.Current.CancellationToken)
        );
}
