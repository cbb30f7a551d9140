using GoImg.Infrastructure.Database;
using GoImg.Web.Shell;

namespace GoImg.Web.Hosting;

/// <summary>The composition root: with <c>Commands</c> the only place that knows which parts GoImg is made of.</summary>
internal static class GoImgHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = await CreateAsync(args);
        await app.RunAsync();
        return 0;
    }

    /// <summary>The whole application, migrated and ready to start. Settings come from appsettings.json, the environment and <paramref name="args"/>, the last winning.</summary>
    public static async Task<WebApplication> CreateAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(GoImgHost).Assembly.GetName().Name });
        // Static files lie beside the sources or in packages until `dotnet publish` gathers them; this finds them in both cases.
        builder.WebHost.UseStaticWebAssets();

        var connectionString = builder.Configuration.GetConnectionString("GoImg") ?? throw new InvalidOperationException("ConnectionStrings:GoImg is required.");
        await new Migrator(connectionString).UpAsync(CancellationToken.None);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(_ => connectionString);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<ActorAccessor>();
        builder.Services.AddScoped<Operation>();

        return builder.Build();
    }
}
