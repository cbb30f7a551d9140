using System.Security.Cryptography;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Accounts;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.Rendering;
using GoImg.Infrastructure.Security;
using GoImg.Tests.Redis;
using GoImg.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GoImg.Tests.Harness;

/// <summary>The whole application in this process, on a free loopback port, with a database and a data directory of its own.</summary>
public sealed partial class GoImgApp : IAsyncDisposable
{
    /// <summary>Among the settings: nothing runs jobs but the test itself. For everything else the node is a whole one.</summary>
    public const string NoJobs = "Tests:NoJobs=true";

    /// <summary>Among the settings: Redis may take as long as it likes, for tests of what it answers.</summary>
    public const string PatientRedis = "Tests:PatientRedis=true";

    private static readonly Type[] JobServices = [typeof(JobRunner), typeof(JobRescuer), typeof(RecurringJobs), typeof(JobCleaner)];

    private static readonly Lazy<RSAParameters> TestKey = new(() =>
    {
        using var key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    });

    private readonly WebApplication _app;
    private readonly string _dataPath;
    private bool _isGuest;

    private GoImgApp(WebApplication app, string dataPath, string connectionString)
    {
        _app = app;
        _dataPath = dataPath;
        ConnectionString = connectionString;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Anonymous = NewClient();
    }

    public Uri Address { get; }

    public string ConnectionString { get; }

    public string DataPath => _dataPath;

    public IServiceProvider Services => _app.Services;

    /// <summary>As the application has it, without what tests put in its place.</summary>
    public IReadOnlyList<ServiceDescriptor> Registered { get; private init; } = [];

    /// <summary>A visitor: no cookies are kept, redirects are not followed.</summary>
    public HttpClient Anonymous { get; }

    /// <summary>Starts it; <paramref name="settings"/> are <c>Key=value</c> and win over the defaults for tests.</summary>
    public static async Task<GoImgApp> StartAsync(params string[] settings) =>
        await StartAsync(await PostgresFixture.NewDatabaseAsync(), Directory.CreateTempSubdirectory("goimg-test-").FullName, settings);

    /// <summary>A second node, or a later start, over the same database and data; they stay when it is disposed.</summary>
    public Task<GoImgApp> BesideAsync(params string[] settings) => OverAsync(ConnectionString, _dataPath, settings);

    /// <summary>Over a database and data that somebody else left; they stay when it is disposed.</summary>
    public static async Task<GoImgApp> OverAsync(string connectionString, string dataPath, params string[] settings)
    {
        var app = await StartAsync(connectionString, dataPath, settings);
        app._isGuest = true;
        return app;
    }

    private static async Task<GoImgApp> StartAsync(string connectionString, string dataPath, string[] settings)
    {
        string[] defaults =
        [
            "--urls",
            "http://127.0.0.1:0",
            "--environment",
            "Test",
            "--contentRoot",
            RepositoryPaths.Web,
            $"--ConnectionStrings:GoImg={connectionString}",
            $"--Data:Path={dataPath}",
            "--Logging:LogLevel:Default=Warning",
            // Tests reach into the store behind its back.
            "--Storage:MemoryBytes=0",
            // Tests are many people from one address.
            "--Limits:RequestsPerMinute=1000000",
            "--Limits:PagesPerMinute=1000000",
            "--Limits:AssetsPerMinute=1000000",
            "--Limits:HealthChecksPerMinute=1000000",
            "--Limits:UploadRequestsPerMinute=1000000",
            "--Limits:MemberRequestsPerMinute=1000000",
            "--Limits:SignInsPerMinute=1000000",
            "--Limits:RegistrationsPerTenMinutes=1000000",
            "--Limits:UploadsPerHour=1000000",
            "--Limits:UploadsPerHourOfNewMembers=1000000",
            "--Limits:CommentsPerMinute=1000000",
            "--Limits:ReportsPerHour=1000000",
            "--Limits:ExportsPerDay=1000000",
        ];
        IReadOnlyList<ServiceDescriptor> registered = [];
        var app = await GoImgHost.CreateAsync(
            [.. defaults, .. settings.Select(s => "--" + s)],
            replace: services =>
            {
                registered = [.. services];
                Lighten(services);
                if (settings.Contains(NoJobs))
                    StopJobs(services);
                if (settings.Contains(PatientRedis))
                    RedisNode.BePatient(services);
            }
        );
        await app.StartAsync();
        return new GoImgApp(app, dataPath, connectionString) { Registered = registered };
    }

    /// <summary>The suite starts it hundreds of times: without a render process until there is an image, with passwords hashed in fewer rounds
    /// and shorter keys, by the same code. <see cref="ServerProcess"/> runs it as it is.</summary>
    private static void Lighten(IServiceCollection services)
    {
        if (services.SingleOrDefault(s => s.ImplementationType == typeof(RendererWarmUp)) is { } warmUp)
            services.Remove(warmUp);
        services.AddSingleton<IPasswordHasher<Account>>(
            new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }))
        );
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<SigningKeys>(s, (Func<RSA>)CopyOfTestKey));
    }

    private static void StopJobs(IServiceCollection services)
    {
        var hosted = services.Where(s => s.ServiceType == typeof(IHostedService));
        foreach (
            var service in hosted
                .Where(s => JobServices.Contains(s.ImplementationType ?? s.ImplementationFactory?.GetType().GenericTypeArguments[1]))
                .ToList()
        )
            services.Remove(service);
    }

    // Made once for the whole run: a pair of keys takes longer than everything else in a start.
    internal static RSA CopyOfTestKey() => RSA.Create(TestKey.Value);

    /// <summary>A browser-like client: keeps cookies, does not follow redirects.</summary>
    public HttpClient NewClient(CookieContainer? cookies = null) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies ?? new() }) { BaseAddress = Address };

    public async Task<TResult> InScopeAsync<TService, TResult>(Func<TService, Task<TResult>> act)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_isGuest)
            Directory.Delete(_dataPath, recursive: true);
    }
}

/// <summary>Waits for a condition that another process or thread brings about.</summary>
public static class Eventually
{
    /// <summary>Asks again until <paramref name="done"/> or the time is up, and then fails with the last value.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> done, TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var value = await ask();
            if (done(value))
                return value;
            if (deadline.IsCancellationRequested)
                Assert.Fail($"Still not so after {within ?? TimeSpan.FromSeconds(30)}: {value}");
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> ask, TimeSpan? within = null) => GetAsync(ask, yes => yes, within);
}

public static class ResultAssertions
{
    /// <summary>The value, or a test failure with the error's words.</summary>
    public static T Value<T>(this Result<T> result)
    {
        Assert.True(result.IsSuccess, result.Error?.ToString());
        return result.Value;
    }
}
