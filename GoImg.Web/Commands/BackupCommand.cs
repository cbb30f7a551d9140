using System.CommandLine;
using GoImg.Core.Storage;
using GoImg.EmbeddedPostgres;
using GoImg.Infrastructure.Backup;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Security;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

/// <summary>Everything a site is, into a directory: while the server runs or not (docs/adr/0060).</summary>
internal static class BackupCommand
{
    public static Command Create(CommandConsole console)
    {
        var to = new Option<string>("--to") { Description = "a directory that is empty or not there yet", Required = true };
        var backup = new Command("backup", "Writes the database, all stored files and the keys into a directory; goimg restore reads it.") { to };
        backup.TreatUnmatchedTokensAsErrors = false;
        backup.SetAction((line, cancellationToken) => RunAsync(line.GetValue(to)!, line.Settings(), console, cancellationToken));
        return backup;
    }

    private static async Task<int> RunAsync(string path, string[] settings, CommandConsole console, CancellationToken cancellationToken)
    {
        await using var app = await GoImgHost.CreateAsync(["--Logging:LogLevel:Default=Error", .. settings], isCommand: true);
        var database = app.Services.GetRequiredService<DatabaseServer>();
        var directory = BackupDirectory.Create(path);
        var objects = new ObjectBackup(app.Services.GetRequiredService<IObjectStore>(), directory);

        // An object is stored before the row that names it: with those of before the dump and those of since then, every row has its bytes.
        await objects.SaveNewAsync(cancellationToken);
        var programs = app.Configuration.Read<DatabaseOptions>().ProgramsPath;
        await new DatabaseDump(database.ConnectionString, string.IsNullOrEmpty(programs) ? null : programs).SaveAsync(
            directory.Dump,
            cancellationToken
        );
        await objects.SaveNewAsync(cancellationToken);

        var applied = (await new Migrator(database.ConnectionString).StatusAsync(cancellationToken)).Last(migration => migration.IsApplied);
        var keyFile = app.Configuration.Read<KeyEncryptionOptions>().KeyFileIn(app.Configuration.Read<DataOptions>().Directory);
        var key = await directory.SaveKeyAsync(keyFile, cancellationToken);
        await directory.FinishAsync(
            new BackupManifest(
                BackupManifest.CurrentFormat,
                typeof(BackupCommand).Assembly.GetName().Version!.ToString(3),
                app.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
                applied.Name,
                await BackupDirectory.HashAsync(directory.Dump, cancellationToken),
                await BackupDirectory.HashAsync(directory.ObjectList, cancellationToken),
                objects.Count,
                objects.Bytes,
                key
            ),
            cancellationToken
        );
        await console.Out.WriteLineAsync($"{objects.Count} files of {objects.Bytes} bytes and the database are in {Path.GetFullPath(path)}.");
        await console.Out.WriteLineAsync(
            key is null
                ? "The passphrase or certificate that the keys are encrypted with is not: keep it elsewhere, a restore needs it."
                : "It holds the keys too: whoever has it can read everything. Keep it as you keep the site."
        );
        return GoImgCommands.Done;
    }
}
