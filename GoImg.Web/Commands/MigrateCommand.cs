using GoImg.Infrastructure.Database;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] args, CommandConsole console)
    {
        var line = CommandLine.Parse(args);
        if (line.Words is not ["migrate", "up" or "down" or "status"])
        {
            await console.Error.WriteLineAsync("Usage: goimg migrate up | down | status");
            return GoImgCommands.Misused;
        }

        var builder = GoImgHost.CreateBuilder(line.Settings);
        await using var database = await DatabaseServer.OpenAsync(builder.Configuration, logs: null, mayJoin: false, CancellationToken.None);
        var migrator = new Migrator(database.ConnectionString);
        switch (line.Words[1])
        {
            case "up":
                await migrator.UpAsync(CancellationToken.None);
                break;
            case "down":
                await console.Out.WriteLineAsync(
                    await migrator.DownAsync(CancellationToken.None) is { } undone ? $"took back {undone}" : "nothing to take back"
                );
                break;
        }

        foreach (var migration in await migrator.StatusAsync(CancellationToken.None))
            await console.Out.WriteLineAsync($"{WordOf(migration), -8} {migration.Name}");
        return GoImgCommands.Done;
    }

    private static string WordOf(MigrationStatus migration) =>
        migration switch
        {
            { IsKnown: false } => "unknown",
            { IsApplied: true } => "applied",
            _ => "missing",
        };
}
