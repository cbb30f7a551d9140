using System.CommandLine;
using GoImg.Infrastructure.Database;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

internal static class MigrateCommand
{
    public static Command Create(CommandConsole console) =>
        new("migrate", "Looks after the database's schema.")
        {
            Step("up", "Brings it to this version.", console, (migrator, cancellationToken) => migrator.UpAsync(cancellationToken)),
            Step(
                "down",
                "Takes the newest change back; its data is lost.",
                console,
                async (migrator, cancellationToken) =>
                    await console.Out.WriteLineAsync(
                        await migrator.DownAsync(cancellationToken) is { } undone ? $"took back {undone}" : "nothing to take back"
                    )
            ),
            Step("status", "Tells how it stands.", console, (_, _) => Task.CompletedTask),
        };

    private static Command Step(string name, string description, CommandConsole console, Func<Migrator, CancellationToken, Task> step)
    {
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(
            async (line, cancellationToken) =>
            {
                var builder = GoImgHost.CreateBuilder(line.Settings());
                await using var database = await DatabaseServer.OpenAsync(builder.Configuration, logs: null, mayJoin: false, cancellationToken);
                var migrator = new Migrator(database.ConnectionString);
                await step(migrator, cancellationToken);
                foreach (var migration in await migrator.StatusAsync(cancellationToken))
                    await console.Out.WriteLineAsync($"{WordOf(migration), -8} {migration.Name}");
                return GoImgCommands.Done;
            }
        );
        return command;
    }

    private static string WordOf(MigrationStatus migration) =>
        migration switch
        {
            { IsKnown: false } => "unknown",
            { IsApplied: true } => "applied",
            _ => "missing",
        };
}
