using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Moderation;

/// <summary>The pages on which moderators act, without script.</summary>
public sealed class CasePageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("claim")]
    [InlineData("release")]
    public async Task Taking_or_giving_back_a_chosen_case_stays_on_that_case(string act)
    {
        await using var app = await GoImgApp.StartAsync();
        var (first, second, mia) = await TwoCasesAsync(app);
        var about = $"image:{second.Id}";
        var page = await mia.Http.GetStringAsync($"/moderation?about={about}", Token);

        using var taken = await mia.Http.PostFormAsync(
            $"/moderation?about={about}",
            null,
            new() { ["about"] = about },
            $"/moderation/cases/{HiddenIn(page, "case")}/{act}"
        );

        Assert.Equal($"/moderation?about={Uri.EscapeDataString(about)}", PathOf(app, taken));
        var after = await mia.Http.GetStringAsync(PathOf(app, taken), Token);
        Assert.Equal(about, HiddenIn(after, "about"));
        Assert.DoesNotContain($"value=\"image:{first.Id}\"", after, StringComparison.Ordinal);
        Assert.Equal(act == "claim", after.Contains("You are on it until", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_decision_that_was_refused_stays_on_its_case()
    {
        await using var app = await GoImgApp.StartAsync();
        var (_, second, mia) = await TwoCasesAsync(app);
        var about = $"image:{second.Id}";

        using var refused = await mia.Http.PostFormAsync(
            "/moderation",
            null,
            new()
            {
                ["about"] = about,
                ["action"] = "Remove",
                ["message"] = new string('w', Decision.MaxMessage + 1),
            },
            "/moderation/decide"
        );

        Assert.Equal($"/moderation?about={Uri.EscapeDataString(about)}", PathOf(app, refused));
    }

    [Fact]
    public async Task A_ban_is_asked_for_on_a_page_of_its_own_and_refused_without_a_word()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ada) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ada", Role.Admin));
        var record = await ada.Http.GetStringAsync("/moderation/members/ana", Token);
        Assert.Contains("href=\"/moderation/members/ana/ban\"", record, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"action\" value=\"Ban\" class", record, StringComparison.Ordinal);

        using var silent = await BanAsync(new());
        Assert.Equal("/moderation/members/ana/ban", PathOf(app, silent));
        Assert.Contains("A ban needs a reason", await ada.Http.GetStringAsync("/moderation/members/ana/ban", Token), StringComparison.Ordinal);
        using (var still = await ana.GetAsync("/account"))
            Assert.Equal(HttpStatusCode.OK, still.StatusCode);

        using var banned = await BanAsync(new() { ["message"] = "Three times the same advert." });
        Assert.Equal("/moderation/members/ana", PathOf(app, banned));
        using var gone = await ana.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, gone.StatusCode);

        Task<HttpResponseMessage> BanAsync(Dictionary<string, string> words) =>
            ada.Http.PostFormAsync(
                "/moderation/members/ana/ban",
                null,
                new(words) { ["action"] = "Ban", ["refused"] = "/moderation/members/ana/ban" },
                $"/moderation/members/{ana.Id}/decide"
            );
    }

    [Fact]
    public async Task Moderators_have_no_page_to_ban_and_admins_none_for_themselves()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        var (mia, ada) = (await app.SignUpAsync("mia", Role.Moderator), await app.SignUpAsync("ada", Role.Admin));

        using var asModerator = await mia.GetAsync("/moderation/members/ana/ban");
        using var oneself = await ada.GetAsync("/moderation/members/ada/ban");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (asModerator.StatusCode, oneself.StatusCode));
    }

    [Fact]
    public async Task The_api_refuses_a_ban_without_a_word_and_one_field_tells_so()
    {
        await using var app = await GoImgApp.StartAsync();
        var ben = await app.SignUpAsync("ben");
        await app.SignUpAsync("ada", Role.Admin);
        using var ada = new ApiClient(app);
        await ada.SignInAsync("ada");

        foreach (var body in new object[] { new { }, new { note = " ", message = "" } })
        {
            var answer = await ada.SendAsync(HttpMethod.Post, $"users/{ben.Id}/ban", body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Equal("message", answer.Json.GetProperty("errors")[0].GetProperty("field").GetString());
        }

        Assert.Equal(HttpStatusCode.OK, (await ada.SendAsync(HttpMethod.Post, $"users/{ben.Id}/ban", new { note = "Enough." })).Status);
    }

    [Fact]
    public async Task Members_are_listed_with_what_they_store()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var (ana, mia) = (await app.SignUpAsync("ana"), await app.SignUpAsync("mia", Role.Moderator));
        await app.ExecuteSqlAsync($"INSERT INTO member_usage (member_id, bytes) VALUES ('{ana.Id}', 3145728)");

        var list = await mia.Http.GetStringAsync("/moderation/members?q=ana", Token);

        Assert.Contains("3 MB", list.Replace("MiB", "MB", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_standing_decision_is_one_and_a_space_stands_before_what_follows()
    {
        await using var app = await GoImgApp.StartAsync();
        var (_, second, mia) = await TwoCasesAsync(app);
        using (
            await mia.Http.PostFormAsync("/moderation", null, new() { ["about"] = $"image:{second.Id}", ["action"] = "Warn" }, "/moderation/decide")
        )
            Assert.Contains("1 standing decision.", await mia.Http.GetStringAsync("/moderation/members/ana", Token), StringComparison.Ordinal);

        var decisions = await mia.Http.GetStringAsync("/moderation/decisions", Token);
        Assert.DoesNotContain("</strong><span>·", decisions, StringComparison.Ordinal);
        Assert.Contains("table-stacked", decisions, StringComparison.Ordinal);
    }

    private static async Task<(Image First, Image Second, MemberClient Mia)> TwoCasesAsync(GoImgApp app)
    {
        var (ana, ben, mia) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"), await app.SignUpAsync("mia", Role.Moderator));
        var (first, second) = (await ana.HasImageAsync(), await ana.HasImageAsync(seed: 2));
        foreach (var image in new[] { first, second })
            using (await ben.Http.PostFormAsync($"/report/{image.Slug}", "report", new() { ["reason"] = "Spam" })) { }
        return (first, second, mia);
    }

    private static string PathOf(GoImgApp app, HttpResponseMessage answer) => new Uri(app.Address, answer.Headers.Location!).PathAndQuery;

    private static string HiddenIn(string html, string name)
    {
        var from = html.IndexOf($"name=\"{name}\" value=\"", StringComparison.Ordinal) + name.Length + 15;
        return html[from..html.IndexOf('"', from)];
    }
}
