using GoImg.Tests.Harness;

namespace GoImg.Tests.Hosting;

public sealed class ErrorPagesTests
{
    [Fact]
    public async Task With_the_database_gone_pages_and_API_say_503_and_when_to_come_back_and_recover_by_themselves()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var database = new Npgsql.NpgsqlConnectionStringBuilder(app.ConnectionString).Database!;
        await ExecuteAsAdminAsync($"ALTER DATABASE \"{database}\" WITH ALLOW_CONNECTIONS false");
        await ExecuteAsAdminAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");

        using var page = await ana.GetAsync("/account");
        using var api = new ApiClient(app);
        var problem = await api.SignInAsync("ana");
        var ready = await Eventually.GetAsync(() => app.Anonymous.GetAsync("/health/ready"), a => a.StatusCode == HttpStatusCode.ServiceUnavailable);
        using var live = await app.Anonymous.GetAsync("/health/live", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.NotNull(page.Headers.RetryAfter);
        Assert.Contains("Back in a moment", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, problem.Status);
        Assert.Equal("application/problem+json", problem.ContentType);
        Assert.NotNull(problem.Headers.RetryAfter);
        Assert.Contains(
            "\"database\",\"status\":\"down\"",
            await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        await ExecuteAsAdminAsync($"ALTER DATABASE \"{database}\" WITH ALLOW_CONNECTIONS true");
        await Eventually.TrueAsync(async () => (await ana.GetAsync("/account")).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Readiness_names_each_dependency_and_apart_from_them_what_is_off()
    {
        await using var app = await GoImgApp.StartAsync();
        using var api = new ApiClient(app);

        var ready = await api.GetAsync("health/ready");

        Assert.Equal(HttpStatusCode.OK, ready.Status);
        var states = ready
            .Json.GetProperty("dependencies")
            .EnumerateArray()
            .ToDictionary(d => d.GetProperty("name").GetString()!, d => d.GetProperty("status").GetString());
        Assert.Equal("ok", states["database"]);
        Assert.Equal("ok", states["storage"]);
        Assert.DoesNotContain("scanner", states.Keys);
        Assert.Contains("scanner", ready.Json.GetProperty("disabled").EnumerateArray().Select(d => d.GetProperty("name").GetString()));
        Assert.Equal(states.Values.All(state => state == "ok") ? "ok" : "degraded", ready["status"]);
        Assert.Contains("renderer", states.Keys);
    }

    private static async Task ExecuteAsAdminAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(await PostgresFixture.AdminConnectionStringAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
