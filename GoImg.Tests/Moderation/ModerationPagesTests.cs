using System.Net.Http.Json;
using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Moderation;

public sealed class ModerationPagesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_goes_from_its_form_to_a_decision_and_back_by_undo_without_script()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben, mia) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"), await app.SignUpAsync("mia", Role.Moderator));
        var image = await ImageAsync(app, ana, "Cheap watches");

        using (
            var sent = await ben.Http.PostFormAsync(
                $"/report/{image.Slug}",
                "report",
                new() { ["reason"] = "Other", ["words"] = "An <b>advert</b>." }
            )
        )
            Assert.Equal($"/report/{image.Slug}?sent=1", new Uri(app.Address, sent.Headers.Location!).PathAndQuery);
        var queue = await mia.Http.GetStringAsync("/moderation", Token);
        Assert.Contains("Cheap watches", queue, StringComparison.Ordinal);
        Assert.Contains("An &lt;b&gt;advert&lt;/b&gt;.", queue, StringComparison.Ordinal);

        using (
            var decided = await mia.Http.PostFormAsync(
                "/moderation",
                null,
                new()
                {
                    ["about"] = $"image:{image.Id}",
                    ["case"] = HiddenIn(queue, "case"),
                    ["action"] = "Remove",
                    ["message"] = "No adverts.",
                },
                "/moderation/decide"
            )
        )
            Assert.Equal(HttpStatusCode.Redirect, decided.StatusCode);
        using (var gone = await ben.GetAsync($"/i/{image.Slug}"))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await ana.NotificationsAsync(1);
        Assert.Contains("No adverts.", await ana.Http.GetStringAsync("/account/decisions", Token), StringComparison.Ordinal);

        var decisions = await mia.Http.GetStringAsync("/moderation/decisions", Token);
        var undo = decisions[
            decisions.IndexOf("/moderation/decisions/", decisions.IndexOf("Image removed", StringComparison.Ordinal), StringComparison.Ordinal)..
        ];
        using (
            var undone = await mia.Http.PostFormAsync(
                "/moderation/decisions",
                null,
                [],
                WebUtility.HtmlDecode(undo[..undo.IndexOf('"', StringComparison.Ordinal)])
            )
        )
            Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
        using (var back = await ben.GetAsync($"/i/{image.Slug}"))
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task The_form_says_what_is_missing_and_keeps_what_was_typed()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));
        var image = await ImageAsync(app, ana, "x");

        using var refused = await ben.Http.PostFormAsync(
            $"/report/{image.Slug}",
            "report",
            new() { ["reason"] = "Spam", ["words"] = new string('w', 1001) }
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(Token);
        Assert.Contains("The text has 1001 characters; the limit is 1000.", page, StringComparison.Ordinal);
        Assert.Contains(new string('w', 1001), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/moderation")]
    [InlineData("/moderation/decisions")]
    [InlineData("/moderation/members")]
    [InlineData("/moderation/members/ana")]
    [InlineData("/moderation/audit")]
    [InlineData("/moderation/jobs")]
    [InlineData("/moderation/system")]
    public async Task For_members_there_are_no_such_pages_and_visitors_are_led_to_sign_in(string path)
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ada) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ada", Role.Admin));

        using var asMember = await ana.GetAsync(path);
        using var asVisitor = await app.Anonymous.GetAsync(path, Token);
        using var asAdmin = await ada.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, asMember.StatusCode);
        Assert.StartsWith("/sign-in", new Uri(app.Address, asVisitor.Headers.Location!).PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, asAdmin.StatusCode);
    }

    [Fact]
    public async Task A_ban_ends_the_members_session_at_once()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ada) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ada", Role.Admin));
        using (var before = await ana.GetAsync("/account"))
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        using (
            var banned = await ada.Http.PostFormAsync(
                "/moderation/members/ana",
                null,
                new() { ["action"] = "Ban", ["message"] = "Enough." },
                $"/moderation/members/{ana.Id}/decide"
            )
        )
            Assert.Equal(HttpStatusCode.Redirect, banned.StatusCode);
        using (var after = await ana.GetAsync("/account"))
            Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task Staff_who_open_a_private_image_stand_in_the_audit_log()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ada) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ada", Role.Admin));
        var image = await ImageAsync(app, ana, "Diary", Visibility.Private);

        using (await ada.GetAsync($"/i/{image.Slug}"))
        {
            var log = await ada.Http.GetStringAsync("/moderation/audit?action=image.private_viewed", Token);
            Assert.Contains("Diary", log, StringComparison.Ordinal);
            Assert.Contains("ada", log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_api_reports_lists_and_resolves_and_bans()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben, mia, ada) = (
            await app.SignUpAsync("ana"),
            await app.SignUpAsync("ben"),
            await app.SignUpAsync("mia", Role.Moderator),
            await app.SignUpAsync("ada", Role.Admin)
        );
        var image = await ImageAsync(app, ana, "Cheap watches");
        using var asBen = await ApiAsync(app, ben);
        using var asMia = await ApiAsync(app, mia);
        using var asAda = await ApiAsync(app, ada);

        var report = await ReadAsync(
            await asBen.PostAsJsonAsync("/api/v1/reports", new { image_id = image.Id.Value, reason = "spam" }, Token),
            HttpStatusCode.Created
        );
        await ReadAsync(
            await asBen.PostAsJsonAsync("/api/v1/reports", new { image_id = image.Id.Value, reason = "spam" }, Token),
            HttpStatusCode.Conflict
        );
        await ReadAsync(await asBen.GetAsync("/api/v1/moderation/reports", Token), HttpStatusCode.NotFound);
        var list = await ReadAsync(await asMia.GetAsync("/api/v1/moderation/reports", Token), HttpStatusCode.OK);
        Assert.Equal(
            "Cheap watches",
            list.GetProperty("items")[0].GetProperty("reports")[0].GetProperty("evidence").GetProperty("title").GetString()
        );
        Assert.Equal(1, list.GetProperty("pagination").GetProperty("total").GetInt32());
        var resolve = $"/api/v1/moderation/reports/{report.GetProperty("id").GetString()}/resolve";
        await ReadAsync(await asBen.PostAsJsonAsync(resolve, new { action = "remove" }, Token), HttpStatusCode.NotFound);
        var decision = await ReadAsync(await asMia.PostAsJsonAsync(resolve, new { action = "mark_nsfw" }, Token), HttpStatusCode.OK);
        Assert.Equal("mark_nsfw", decision.GetProperty("action").GetString());
        await ReadAsync(await asMia.PostAsJsonAsync(resolve, new { action = "remove" }, Token), HttpStatusCode.Conflict);
        await ReadAsync(await asMia.PostAsJsonAsync($"/api/v1/users/{ana.Id}/ban", new { message = "Enough." }, Token), HttpStatusCode.Forbidden);
        await ReadAsync(await asAda.PostAsJsonAsync($"/api/v1/users/{ana.Id}/ban", new { message = "Enough." }, Token), HttpStatusCode.OK);
        using var unbanned = await asAda.DeleteAsync($"/api/v1/users/{ana.Id}/ban", Token);
        Assert.Equal(HttpStatusCode.NoContent, unbanned.StatusCode);
    }

    private static async Task<HttpClient> ApiAsync(GoImgApp app, MemberClient member)
    {
        var client = new HttpClient { BaseAddress = app.Address };
        var login = await ReadAsync(
            await client.PostAsJsonAsync("/api/v1/auth/login", new { username = member.Username, password = MemberClient.Password }, Token),
            HttpStatusCode.OK
        );
        client.DefaultRequestHeaders.Authorization = new("Bearer", login.GetProperty("access_token").GetString());
        return client;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Token);
            Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }

    private static string HiddenIn(string html, string name)
    {
        var from = html.IndexOf($"name=\"{name}\" value=\"", StringComparison.Ordinal) + name.Length + 15;
        return html[from..html.IndexOf('"', from)];
    }

    private static async Task<Image> ImageAsync(GoImgApp app, MemberClient owner, string title, Visibility visibility = Visibility.Public)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var details = ImageDetails.Create(title, "", "", [], visibility, ContentRating.Safe).Value();
        var file = new ReceivedFile(
            "x.png",
            9,
            System.Security.Cryptography.RandomNumberGenerator.GetBytes(32),
            new ImageHeader(ImageFormat.Png, 10, 10, 1, 1, HasColorProfile: false)
        );
        var image = Image.Receive(ImageId.New(), owner.Id, details, file, TimeProvider.System.GetUtcNow());
        image.Publish(
            new RenderedImage(scope)
            {
                WidthPx = 10,
                HeightPx = 10,
                DominantColor = "#000000",
                Placeholder = [],
                PerceptualHash = 1,
                Files = [],
            },
            StoredRenditions.None,
            scanned: true
        );
        await scope.ServiceProvider.GetRequiredService<IImages>().TryAddAsync(image, long.MaxValue, null, Token);
        (await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(Token)).Error.IsNull();
        return image;
    }
}
