using GoImg.Tests.Harness;
using GoImg.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task The_application_starts_on_a_database_of_its_own_and_answers()
    {
        await using var app = await GoImgApp.StartAsync();

        var answer = await app.Anonymous.GetStringAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("\"ok\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_server_of_ones_own_no_private_one_is_made()
    {
        await using var app = await GoImgApp.StartAsync();

        Assert.False(app.Services.GetRequiredService<DatabaseServer>().IsEmbedded);
        Assert.False(Directory.Exists(Path.Combine(app.DataPath, "postgres")));
    }
}
