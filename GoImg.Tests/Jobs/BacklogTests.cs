using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Jobs;

public sealed class BacklogTests
{
    [Fact]
    public async Task While_too_many_jobs_wait_uploads_are_refused_with_a_reason_and_a_time_and_nothing_is_stored()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs, "Jobs:MaxWaiting=3");
        var ana = await app.SignUpAsync("ana");
        var refused = new List<HttpResponseMessage>();
        for (var seed = 1; seed <= 10; seed++)
        {
            var answer = await ana.PostFileAsync(Pictures.Png(seed));
            if (answer.IsSuccessStatusCode)
                answer.Dispose();
            else
                refused.Add(answer);
        }

        Assert.Equal(6, refused.Count);
        Assert.Equal(4, (await app.ObjectsAsync()).Count);
        Assert.Empty(app.StagedFiles());
        Assert.All(
            refused,
            answer =>
                Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (answer.StatusCode, answer.Headers.RetryAfter is RetryConditionHeaderValue))
        );
        var problem = await refused[0].Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("upload.busy", problem.GetProperty("code").GetString());
        Assert.Contains("3 images are waiting", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await app.ExecuteSqlAsync("UPDATE jobs SET priority = 20");
        using var again = await ana.PostFileAsync(Pictures.Png(11));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        refused.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task Every_way_in_is_refused_while_too_many_jobs_wait_and_what_had_begun_is_kept()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs, "Jobs:MaxWaiting=1");
        var ana = await app.SignUpAsync("ana");
        using var tus = await TusClient.OpenAsync(ana);
        var (parts, whole) = (Pictures.Png(1), Pictures.Png(2));
        var inParts = (await tus.CreateWithAsync(parts[..50], parts.Length)).Place;
        var inOne = (await tus.CreateAsync(whole.Length)).Place;
        foreach (var seed in (int[])[3, 4])
            Assert.True((await ana.UploadAsync(Pictures.Png(seed))).IsSuccess);

        var refused = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["one request of the API"] = await CodeOfAsync(await ana.PostFileAsync(Pictures.Png(5))),
            ["tus, begun without bytes"] = (await tus.CreateAsync(1000)).Code,
            ["tus, begun with all its bytes"] = (await tus.CreateWithAsync(Pictures.Png(6))).Code,
            ["tus, whole in its first bytes"] = (await tus.PatchAsync(inOne, 0, whole)).Code,
            ["tus, the last of several parts"] = (await tus.PatchAsync(inParts, 50, parts[50..])).Code,
            ["the service itself"] = (await ana.UploadAsync(Pictures.Png(7))).Error?.Code,
        };
        var form = await PostFormAsync(ana, Pictures.Png(8));

        Assert.All(refused, way => Assert.Equal((way.Key, "upload.busy"), (way.Key, way.Value)));
        Assert.Contains("images are waiting", form, StringComparison.Ordinal);
        Assert.Equal(2, (await app.ObjectsAsync("originals/")).Count);
        Assert.Empty(app.StagedFiles());

        await app.ExecuteSqlAsync("UPDATE jobs SET priority = 20");
        Assert.NotNull((await tus.HeadAsync(inParts))["GoImg-Image-Id"]);
        Assert.NotNull((await tus.PatchAsync(inOne, 0, whole))["GoImg-Image-Id"]);
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer)
    {
        using (answer)
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString();
    }

    /// <summary>What the page after it says.</summary>
    private static async Task<string> PostFormAsync(MemberClient member, byte[] file)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await member.TokenAsync()), "__RequestVerificationToken" },
            { new ByteArrayContent(file), "file", "one.png" },
        };
        using var answer = await member.Http.PostAsync("/upload", form, TestContext.Current.CancellationToken);
        Assert.Equal("/upload", answer.Headers.Location?.ToString());
        return await member.Http.GetStringAsync("/upload", TestContext.Current.CancellationToken);
    }
}
