using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.Demo;
using GoImg.Infrastructure.Accounts;
using GoImg.Infrastructure.Albums;
using GoImg.Infrastructure.Audit;
using GoImg.Infrastructure.Caching;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Export;
using GoImg.Infrastructure.Health;
using GoImg.Infrastructure.Idempotency;
using GoImg.Infrastructure.Images;
using GoImg.Infrastructure.Integrity;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Infrastructure.Moderation;
using GoImg.Infrastructure.Notifications;
using GoImg.Infrastructure.RateLimits;
using GoImg.Infrastructure.Redis;
using GoImg.Infrastructure.RemoteFiles;
using GoImg.Infrastructure.Rendering;
using GoImg.Infrastructure.Scanning;
using GoImg.Infrastructure.Search;
using GoImg.Infrastructure.Security;
using GoImg.Infrastructure.Social;
using GoImg.Infrastructure.Storage;
using GoImg.Infrastructure.Uploads;
using GoImg.Web.Accounts;
using GoImg.Web.Albums;
using GoImg.Web.Api;
using GoImg.Web.Commands;
using GoImg.Web.Export;
using GoImg.Web.Http;
using GoImg.Web.Images;
using GoImg.Web.Jobs;
using GoImg.Web.Library;
using GoImg.Web.Localization;
using GoImg.Web.Moderation;
using GoImg.Web.RateLimits;
using GoImg.Web.Shell;
using GoImg.Web.Social;
using GoImg.Web.Storage;
using GoImg.Web.Tags;
using GoImg.Web.Uploads;
using Microsoft.EntityFrameworkCore;
using MudBlazor.Services;

namespace GoImg.Web.Hosting;

/// <summary>The composition root: with <c>Commands</c> the only place that knows which parts GoImg is made of.</summary>
internal static partial class GoImgHost
{
    /// <inheritdoc cref="CreateAsync" path="/param"/>
    public static async Task<int> RunAsync(string[] args, Action<IServiceCollection>? replace = null)
    {
        if (GoImgCommands.Wants(args))
            return await GoImgCommands.RunAsync(args, CommandConsole.OfProcess);

        try
        {
            await using var app = await CreateAsync(args, replace: replace);
            var stopping = app.Lifetime.ApplicationStopping;
            try
            {
                await app.RunAsync();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // told to stop before it had started
            }

            return 0;
        }
        catch (Exception refused) when (StartupErrors.Explain(refused) is { } reason)
        {
            await Console.Error.WriteLineAsync($"GoImg does not start: {reason}");
            return 1;
        }
    }

    /// <summary>The configuration of server and commands alike. Throws <see cref="BadSettingException"/> on values that can't be.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = DemoOptions.Expand(args), ApplicationName = typeof(GoImgHost).Assembly.GetName().Name }
        );
        // Static files lie beside the sources or in packages until `dotnet publish` gathers them; this finds them in both cases.
        builder.WebHost.UseStaticWebAssets();
        // What was not there at the build is no asset: the fallback for it would serve files past every endpoint's own rule.
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";
        // Of a build as of a publish, files go out compressed and with a year's life: their names change with their content.
        if (!builder.Environment.IsDevelopment())
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.AddNetwork();
        // A line that belongs to a request has its X-Request-ID beside it, which is the trace's id unless the caller gave one.
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.None);
        return builder;
    }

    /// <summary>The whole application, migrated and ready to start. Settings come from appsettings.json, the environment and <paramref name="args"/>, the last winning.
    /// Disposing it stops the database if it is a private one of its own.</summary>
    /// <param name="isCommand">It is not to serve, and may use the private database of a server that runs on the same data.</param>
    /// <param name="replace">Puts other parts in the place of those registered; for tests.</param>
    public static async Task<WebApplication> CreateAsync(string[] args, bool isCommand = false, Action<IServiceCollection>? replace = null)
    {
        var builder = CreateBuilder(args);
        // Checks all settings, before anything is opened or changed.
        AddGoImg(builder);
        var whyRoot = isCommand ? null : RootPrivileges.Drop(builder.Configuration);
        var databaseLogs = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        var database = await DatabaseServer.OpenAsync(builder.Configuration, databaseLogs, isCommand, CancellationToken.None);
        try
        {
            await new Migrator(database.ConnectionString).UpAsync(CancellationToken.None);
            builder.Services.AddSingleton(_ => database);
            replace?.Invoke(builder.Services);
            var app = builder.Build();
            if (!isCommand)
                WarnOfUnknownKeys(app);
            if (whyRoot is not null)
                LogIsRoot(app.Logger, whyRoot);
            // Resolved first, so the container disposes it last: nothing that still writes loses its database.
            app.Services.GetRequiredService<DatabaseServer>();
            // A command needs none, and may run where they can't be read.
            if (!isCommand)
                await app.Services.PrepareKeysAsync(CancellationToken.None);
            await PrepareStoreAsync(app.Services);
            if (app.Services.GetRequiredService<NodeOptions>().Serves)
                MapGoImg(app);
            else
                MapWorker(app);
            return app;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the store before the first request. Throws <see cref="ObjectStoreUnavailableException"/> when the database has images and the store has none,
    /// or when it refuses.</summary>
    private static async Task PrepareStoreAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var hasImages = await scope.ServiceProvider.GetRequiredService<GoImgDbContext>().Images.AnyAsync(CancellationToken.None);
        await services.PrepareStorageAsync(hasImages, CancellationToken.None);
    }

    private static void AddGoImg(WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var node = services.AddValidatedOptions<NodeOptions>(configuration);
        var data = services.AddValidatedOptions<DataOptions>(configuration);
        services.AddSingleton(TimeProvider.System);
        RequestIds.Register(services);
        var database = services.AddValidatedOptions<DatabaseOptions>(configuration);
        services.AddDatabase(provider => provider.GetRequiredService<DatabaseServer>().ServingConnectionString(database), database);
        services.AddRedis(configuration);
        services.AddSingleton<IFailpoints, Failpoints>();
        services.AddStorage(configuration);
        services.AddScanning(configuration);
        services.AddRendering(configuration);
        services.AddLiveUpdates();
        services.AddJobs(configuration);
        services.AddAudit();
        services.AddImages();
        services.AddImagePages();
        services.AddTags();
        services.AddIntegrity(configuration);
        services.AddUploads(configuration);
        services.AddRemoteFiles(configuration);
        services.AddUploadPages();
        services.AddModeration();
        services.AddModerationPages();
        services.AddNotifications();
        services.AddMudServices();
        services.AddAlbums();
        services.AddSearch();
        services.AddSocial();
        services.AddExport();
        services.AddHttpContextAccessor();
        services.AddScoped<ActorAccessor>();
        services.AddScoped<ScopedCall>();
        services.AddCaching();
        services.AddKeys(services.AddValidatedOptions<KeyEncryptionOptions>(configuration), data.Directory);
        services.AddAccounts(services.AddValidatedOptions<AccountsOptions>(configuration).PasswordBlocklistPath);
        services.AddAuthorization();
        services.AddShell();
        services.AddLanguages(configuration.Read<SiteOptions>().OfferedLanguages);
        services.AddSignIn(SiteCookies.IsHttps(configuration.Read<SiteOptions>(), configuration));
        services.AddReadiness(node.Works);
        services.AddTelemetry(configuration);
        services.AddValidatedOptions<RateLimitOptions>(configuration);
        services.AddRequestLimits();
        services.AddPageCompression();
        services.AddRateLimits();
        services.AddIdempotencyKeys();
        services.AddApi();
        if (!node.Serves)
            return;

        services.AddHostedService<FirstAdminLink>();
        services.AddDemo(configuration);
    }

    private static void WarnOfUnknownKeys(WebApplication app)
    {
        foreach (var (key, nearest) in UnknownKeys.Find(app.Configuration, [.. app.Services.GetServices<OptionsSection>()]))
            LogUnknownKey(app.Logger, key, nearest is null ? "" : $" Is {nearest} meant?");
    }

    [LoggerMessage(LogLevel.Warning, "The configuration has {Key}, which GoImg does not know and does not read.{Guess}")]
    private static partial void LogUnknownKey(ILogger logger, string key, string guess);

    [LoggerMessage(LogLevel.Warning, "GoImg runs as root, with all its rights: {Why}")]
    private static partial void LogIsRoot(ILogger logger, string why);

    /// <summary>Health, for those who watch it; whoever else comes here was sent to the wrong node.</summary>
    private static void MapWorker(WebApplication app)
    {
        app.UseNetwork();
        app.UseSecurityHeaders();
        app.UseRequestLimits();
        app.Use(
            (http, next) =>
            {
                if (http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return http.Response.WriteAsync(
                    "This node works on jobs and answers /health/live and /health/ready alone, because its Node:Role is worker. Ask a node whose Node:Role is web or all.\n"
                );
            }
        );
        app.MapHealth();
    }

    private static void MapGoImg(WebApplication app)
    {
        app.UseNetwork();
        app.UseSecurityHeaders();
        app.UseLanguages();
        app.UseErrorPages();
        app.UseUploadHeaders();
        app.UseApiReadingPage();
        app.UseAuthentication();
        app.UsePageCompression();
        app.UseRequestLimits();
        app.UseCircuitOrigin();
        app.UseLivePageLimit();
        app.UseSameSitePosts();
        app.UseDenyByDefault();
        app.UseContentNegotiation();
        app.UseAuthorization();
        app.UseTokenScopes();
        app.UseIdempotencyKeys();
        app.UseReadableForms();
        app.UseFormTokens();
        app.MapHealth();
        app.MapRobots();
        app.MapSignIn();
        app.MapImages();
        app.MapLibraryForms();
        app.MapSignedObjects();
        app.MapUploads();
        app.MapApi();
        app.MapExport();
        app.MapModerationForms();
        app.MapJobForms();
        app.MapSocialForms();
        app.MapAlbums();
        app.MapShell();
    }
}
