using GoImg.Infrastructure.Database;
using GoImg.Web.Shell;

namespace GoImg.Web.Hosting;

/// <summary>The composition root: the only place, with <c>Commands</c>, that knows which parts GoImg is made of.</summary>
internal static class GoImgHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var connectionString = builder.Configuration.GetConnectionString("GoImg") ?? throw new InvalidOperationException("ConnectionStrings:GoImg is required.");
        await new Migrator(connectionString).UpAsync(CancellationToken.None);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(_ => connectionString);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<ActorAccessor>();
        builder.Services.AddScoped<Operation>();

        var app = builder.Build();
        await app.RunAsync();
        return 0;
    }
}
