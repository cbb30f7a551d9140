using GoImg.Core.Accounts;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Api;

public sealed class ApiContractTests
{
    [Fact]
    public async Task What_a_journey_sends_and_gets_is_what_the_document_says()
    {
        await using var app = await GoImgApp.StartAsync();
        using var visitor = new ApiClient(app);
        var contract = await ApiContract.ReadAsync(visitor);
        using var ana = await SignInAsync(app, "ana");
        using var ben = await SignInAsync(app, "ben");
        using var mia = await SignInAsync(app, "mia", Role.Admin);

        await AccountsAsync(contract, visitor, ben);
        var image = await ImagesAsync(contract, visitor, ana, ben);
        var export = await contract.SendAsync(ana, HttpMethod.Post, "export");
        await contract.SendAsync(ana, HttpMethod.Get, $"export/{export["id"]}");
        await ModerationAsync(contract, ben, mia, image);
        await contract.SendAsync(visitor, HttpMethod.Get, "health/live");
        await contract.SendAsync(visitor, HttpMethod.Get, "health/ready");
        await contract.SendAsync(ben, HttpMethod.Post, "auth/logout");

        Assert.True(contract.Seen.Count >= 25, string.Join(' ', contract.Seen));
    }

    private static async Task AccountsAsync(ApiContract contract, ApiClient visitor, ApiClient ben)
    {
        await contract.SendAsync(
            visitor,
            HttpMethod.Post,
            "auth/register",
            new
            {
                email = "cleo@example.org",
                username = "cleo",
                password = MemberClient.Password,
            }
        );
        await contract.SendAsync(
            visitor,
            HttpMethod.Post,
            "auth/register",
            new
            {
                email = "cleo@example.org",
                username = "cleo",
                password = MemberClient.Password,
            }
        );
        await contract.SendAsync(visitor, HttpMethod.Post, "auth/register", new { email = "no" });
        var login = await contract.SendAsync(visitor, HttpMethod.Post, "auth/login", new { username = "cleo", password = MemberClient.Password });
        await contract.SendAsync(visitor, HttpMethod.Post, "auth/login", new { email = "cleo@example.org", password = "wrong" });
        await contract.SendAsync(visitor, HttpMethod.Post, "auth/refresh", new { refresh_token = login["refresh_token"] });
        await contract.SendAsync(visitor, HttpMethod.Get, "users/me");
        var me = await contract.SendAsync(ben, HttpMethod.Get, "users/me");
        await contract.SendAsync(visitor, HttpMethod.Get, $"users/{me["id"]}");
        await contract.SendAsync(ben, HttpMethod.Put, $"users/{me["id"]}", new { display_name = "Ben", bio = "" });
        await contract.SendAsync(ben, HttpMethod.Get, $"users/{me["id"]}/sessions");
    }

    private static async Task<string> ImagesAsync(ApiContract contract, ApiClient visitor, ApiClient ana, ApiClient ben)
    {
        using var form = UploadClient.Form(Pictures.Png(), new() { ["title"] = "Harbour", ["visibility"] = "public" }, fieldsFirst: true);
        var created = await ana.SendContentAsync(HttpMethod.Post, "images", form);
        contract.Judge(HttpMethod.Post, "images", created);
        var path = $"images/{created["id"]}";
        await contract.SendAsync(ana, HttpMethod.Get, path + "/status");
        await ReadyAsync(ana, path);
        await contract.SendAsync(ana, HttpMethod.Get, path);
        await contract.SendAsync(ben, HttpMethod.Get, path);
        await contract.SendAsync(visitor, HttpMethod.Get, path);
        await contract.SendAsync(visitor, HttpMethod.Get, path + "/variants/small");
        await contract.SendAsync(ana, HttpMethod.Get, path + "/download");
        await contract.SendAsync(ben, HttpMethod.Get, path + "/download");
        await contract.SendAsync(ana, HttpMethod.Patch, path, new { title = "New", visibility = "public" });
        await contract.SendAsync(ana, HttpMethod.Patch, path, new { visibility = "secret" });
        await contract.SendAsync(
            ana,
            HttpMethod.Put,
            path,
            new
            {
                title = "Whole",
                visibility = "public",
                tags = new[] { "sea" },
            }
        );
        await contract.SendAsync(ana, HttpMethod.Post, path + "/retry");
        await contract.SendAsync(ana, HttpMethod.Get, "users/me/images");
        await contract.SendAsync(ana, HttpMethod.Delete, path);
        await contract.SendAsync(ana, HttpMethod.Post, path + "/restore");
        return created["id"]!;

        static Task ReadyAsync(ApiClient api, string path) =>
            Eventually.TrueAsync(async () => (await api.GetAsync(path + "/status"))["status"] == "active");
    }

    private static async Task ModerationAsync(ApiContract contract, ApiClient reporter, ApiClient admin, string image)
    {
        var owner = (await admin.GetAsync($"images/{image}")).Json.GetProperty("owner").GetProperty("id").GetString();
        var report = await contract.SendAsync(reporter, HttpMethod.Post, "reports", new { image_id = image, reason = "spam" });
        await contract.SendAsync(reporter, HttpMethod.Post, "reports", new { reason = "spam" });
        await contract.SendAsync(reporter, HttpMethod.Get, "moderation/reports");
        await contract.SendAsync(admin, HttpMethod.Get, "moderation/reports");
        await contract.SendAsync(admin, HttpMethod.Get, $"moderation/reports/{report["id"]}");
        var decision = await contract.SendAsync(
            admin,
            HttpMethod.Post,
            $"moderation/reports/{report["id"]}/resolve",
            new { action = "mark_nsfw", note = "Not for work." }
        );
        await contract.SendAsync(admin, HttpMethod.Get, "moderation/decisions");
        await contract.SendAsync(admin, HttpMethod.Post, $"moderation/decisions/{decision["id"]}/undo");
        await contract.SendAsync(admin, HttpMethod.Post, $"users/{owner}/ban", new { note = "Enough." });
        await contract.SendAsync(admin, HttpMethod.Get, "moderation/bans");
        await contract.SendAsync(admin, HttpMethod.Delete, $"users/{owner}/ban");
    }

    private static async Task<ApiClient> SignInAsync(GoImgApp app, string username, Role role = Role.Member)
    {
        await app.SignUpAsync(username, role);
        var api = new ApiClient(app);
        await api.SignInAsync(username);
        return api;
    }
}
