using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Security;
using GoImg.Tests.Harness;
using GoImg.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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
    public async Task Told_to_stop_while_it_starts_it_ends_in_peace()
    {
        using var data = new TempDirectory();

        var code = await GoImgHost.RunAsync(await SettingsAsync(data), services => services.AddHostedService<StopsDuringTheStart>());

        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_scratch_directory_that_cannot_be_written_to_stops_the_start_in_words()
    {
        using var data = new TempDirectory();

        var refused = await Record.ExceptionAsync(async () =>
        {
            await using var app = await GoImgHost.CreateAsync([.. await SettingsAsync(data), "--Rendering:ScratchPath", "/proc/goimg"]);
            await app.StartAsync(TestContext.Current.CancellationToken);
        });

        Assert.Contains(
            "/proc/goimg can't be written to, and images are worked on in it",
            StartupErrors.Explain(Assert.IsType<BadSettingException>(refused)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task As_it_is_run_access_tokens_are_signed_with_3072_bits()
    {
        using var data = new TempDirectory();
        await using var app = await GoImgHost.CreateAsync(await SettingsAsync(data));

        var key = await app.Services.GetRequiredService<SigningKeys>().NewestAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3072, key.KeySize);
    }

    [Fact]
    public async Task With_a_server_of_ones_own_no_private_one_is_made()
    {
        await using var app = await GoImgApp.StartAsync();

        Assert.False(app.Services.GetRequiredService<DatabaseServer>().IsEmbedded);
        Assert.False(Directory.Exists(Path.Combine(app.DataPath, "postgres")));
    }

    private static async Task<string[]> SettingsAsync(TempDirectory data) =>
        [
            "--urls",
            "http://127.0.0.1:0",
            "--environment",
            "Test",
            "--contentRoot",
            RepositoryPaths.Web,
            $"--Data:Path={data.Path}",
            $"--ConnectionStrings:GoImg={await PostgresFixture.NewDatabaseAsync()}",
        ];

    private sealed class StopsDuringTheStart(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
