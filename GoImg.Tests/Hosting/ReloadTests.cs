using GoImg.Core.RateLimits;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Scanning;
using GoImg.Tests.Harness;
using GoImg.Web.Shell;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GoImg.Tests.Hosting;

/// <summary>Settings that change while GoImg runs.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task A_new_limit_holds_for_the_next_upload()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        Assert.True((await ana.UploadAsync(Pictures.Png(1, 64, 48))).IsSuccess);

        Set(app, "Limits:MaxSidePx", "50");
        var refused = await ana.UploadAsync(Pictures.Png(2, 64, 48));

        Assert.IsType<ImageFileErrors.SideTooLong>(refused.Error);
    }

    [Fact]
    public async Task A_new_rate_holds_for_the_next_request()
    {
        await using var app = await GoImgApp.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/about")).StatusCode);

        Set(app, "Limits:PagesPerMinute", "1");
        await GetAsync(app, "/about");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync(app, "/about")).StatusCode);
    }

    [Fact]
    public async Task A_new_name_is_on_the_next_page_and_the_address_stays_until_the_next_start()
    {
        await using var app = await GoImgApp.StartAsync();

        Set(app, "Site:Name", "Herons");
        Set(app, "Site:BaseUrl", "https://herons.example.org");

        Assert.Contains("About Herons", await (await GetAsync(app, "/about")).Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Null(app.Services.GetRequiredService<IOptionsMonitor<SiteOptions>>().CurrentValue.BaseUrl);
    }

    [Fact]
    public async Task A_value_that_cannot_be_changes_nothing_and_is_logged()
    {
        var log = new LogLines();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("Scanning:Timeout", "00:00:20")])
            .Build();
        var services = new ServiceCollection().AddSingleton(log.For<ReloadedOptions<ScanningOptions>>());
        services.AddValidatedOptions<ScanningOptions>(configuration);
        await using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<ScanningOptions>>();
        Assert.Equal(20, options.CurrentValue.Timeout.TotalSeconds);

        (configuration["Scanning:Timeout"], configuration["Scanning:ClamAv"]) = ("-1", "scanner:3310");
        configuration.Reload();

        Assert.Equal((20, "127.0.0.1:3310"), (options.CurrentValue.Timeout.TotalSeconds, options.CurrentValue.ClamAv));
        Assert.True(log.Contains("Scanning:Timeout is -1.00:00:00; it must be from"));

        configuration["Scanning:Timeout"] = "00:00:30";
        configuration.Reload();

        Assert.Equal((30, "scanner:3310"), (options.CurrentValue.Timeout.TotalSeconds, options.CurrentValue.ClamAv));
    }

    [Fact]
    public async Task A_singleton_never_holds_values_that_may_change()
    {
        await using var app = await GoImgApp.StartAsync("Scanning:Kind=clamav");
        var held =
            from type in app.Registered.Where(s => s.Lifetime == ServiceLifetime.Singleton).Select(s => s.ImplementationType).OfType<Type>()
            from parameter in type.GetConstructors().SelectMany(c => c.GetParameters())
            where
                parameter.ParameterType == typeof(IRateLimitSettings)
                || parameter.ParameterType.GetProperties().Any(p => p.IsDefined(typeof(ReloadableAttribute), false))
            select $"{type.Name} holds {parameter.ParameterType.Name}";

        Assert.Empty(held);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> GetAsync(GoImgApp app, string path) => app.Anonymous.GetAsync(path, Ct);

    // A source more, which tells of a change as a saved file does.
    private static void Set(GoImgApp app, string key, string value) =>
        ((IConfigurationBuilder)app.Services.GetRequiredService<IConfiguration>()).AddInMemoryCollection([
            KeyValuePair.Create<string, string?>(key, value),
        ]);
}
