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
        await using var app = await GoImgApp.StartAsync("Jobs:Enabled=false", "Jobs:MaxWaiting=3");
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
}
