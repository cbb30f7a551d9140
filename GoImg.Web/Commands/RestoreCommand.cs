using System.CommandLine;
using GoImg.Core.Storage;
using GoImg.EmbeddedPostgres;
using GoImg.Infrastructure.Backup;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Security;
using GoImg.Infrastructure.Storage;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

/// <summary>Makes a site of a backup, where there is none. The database comes last and whole, so a restore that was stopped can be begun again.</summary>
internal static class RestoreCommand
{
    public static Command Create(CommandConsole console)
    {
        var from = new Option<string>("--from") { Description = "a directory that goimg backup wrote", Required = true };
        var restore = new Command("restore", "Makes a site of a backup, into an empty database and store; the server must not run.") { from };
        restore.TreatUnmatchedTokensAsErrors = false;
        restore.SetAction((line, cancellationToken) => RunAsync(line.GetValue(from)!, line.Settings(), console, cancellationToken));
        return restore;
    }

    private static async Task<int> RunAsync(string path, string[] settings, CommandConsole console, CancellationToken cancellationToken)
    {
        var (directory, manifest) = await BackupDirectory.OpenAsync(path, cancellationToken);
        if (!Migrator.Knows(manifest.Migration))
            throw new BackupException(
                $"{path} was made by GoImg {manifest.Program}, which is newer than this one. Restore it with that version, or a newer one."
            );

        var configuration = GoImgHost.CreateBuilder(settings).Configuration;
        await using (var database = await DatabaseServer.OpenAsync(configuration, logs: null, mayJoin: false, cancellationToken))
        {
            if (!await new Migrator(database.ConnectionString).IsEmptyAsync(cancellationToken))
                throw new BackupException(
                    "The database has tables already. A backup is restored into an empty site: name a database without any, or another data directory."
                );

            var objects = await RestoreObjectsAsync(configuration, directory, cancellationToken);
            if (manifest.KeyFile is not null)
                await directory.RestoreKeyAsync(
                    configuration.Read<KeyEncryptionOptions>().KeyFileIn(configuration.Read<DataOptions>().Directory),
                    cancellationToken
                );
            var programs = configuration.Read<DatabaseOptions>().ProgramsPath;
            await new DatabaseDump(database.ConnectionString, string.IsNullOrEmpty(programs) ? null : programs).RestoreAsync(
                directory.Dump,
                cancellationToken
            );
            await console.Out.WriteLineAsync(
                $"{objects.Count} files of {objects.Bytes} bytes and the database of {manifest.CreatedAt:u} are restored."
            );
        }

        return await VerifyCommand.RunAsync(settings, isDeep: false, asJson: false, console, cancellationToken);
    }

    // The store alone: the application would bring the schema with it, and refuse a store that is empty while the database has images.
    private static async Task<ObjectBackup> RestoreObjectsAsync(
        IConfiguration configuration,
        BackupDirectory directory,
        CancellationToken cancellationToken
    )
    {
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddStorage(configuration)
            .BuildServiceProvider();
        await services.PrepareStorageAsync(objectsExpected: false, cancellationToken);
        var objects = new ObjectBackup(services.GetRequiredService<IObjectStore>(), directory);
        await objects.RefuseOthersAsync(cancellationToken);
        await objects.RestoreAsync(cancellationToken);
        return objects;
    }
}
