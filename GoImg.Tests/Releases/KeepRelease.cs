using System.IO.Compression;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Releases;

/// <summary>Makes a new <see cref="Release"/> out of the program as built: <c>build/keep-release 1.2.3</c>.</summary>
public sealed class KeepRelease
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [ChildFact]
    public async Task Keep_the_version_in_GOIMG_KEEP_RELEASE()
    {
        var version = Environment.GetEnvironmentVariable("GOIMG_KEEP_RELEASE")!;
        var directory = Directory.CreateDirectory(Path.Combine(RepositoryPaths.Root, "GoImg.Tests", "Releases", version));
        var release = new Release(directory.FullName);
        using var data = new TempDirectory();
        var database = await PostgresFixture.NewEmptyDatabaseAsync();
        using var server = new ServerProcess(database, data.Path, "Limits:RegistrationsPerTenMinutes=1000000");
        await server.StartAsync();

        using (var http = new HttpClient())
            await File.WriteAllTextAsync(release.OpenApiFile, await http.GetStringAsync(new Uri(server.Address, "/openapi/v1.json"), Ct), Ct);
        // the services of the same build, whose work the server does
        await using (var app = await GoImgApp.OverAsync(database, data.Path, GoImgApp.NoJobs))
            await new ReleaseWorld(app, server.Address).FillAsync(server.KillAsync);

        NpgsqlConnection.ClearAllPools();
        await File.WriteAllTextAsync(release.SchemaFile, await Release.DumpAsync(database, schemaOnly: true), Ct);
        await File.WriteAllTextAsync(release.DatabaseFile, await Release.DumpAsync(database, schemaOnly: false), Ct);
        ZipFile.CreateFromDirectory(
            Path.Combine(data.Path, "objects"),
            release.ObjectsFile,
            CompressionLevel.SmallestSize,
            includeBaseDirectory: false
        );
    }
}
