using GoImg.Core.Images;
using GoImg.Core.Storage;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Commands;

public sealed class BackupTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_of_a_running_site_makes_the_same_site_elsewhere()
    {
        using var folder = new TempDirectory();
        using var data = new TempDirectory();
        var backup = Path.Combine(folder.Path, "backup");
        var database = await PostgresFixture.NewEmptyDatabaseAsync();
        ImageId id;
        byte[] original;
        Dictionary<string, string> objects;
        await using (var app = await GoImgApp.StartAsync())
        {
            var ana = await app.SignUpAsync("ana");
            id = (await ana.HasImageAsync(seed: 1)).Id;
            await ana.HasImageAsync(seed: 2);
            original = await OriginalAsync(app, id);
            objects = await ObjectsAsync(app);

            var saved = await CommandRun.Async(app, "backup", "--to", backup);
            Assert.Equal((0, ""), (saved.Code, saved.Errors));
        }

        var restored = await CommandRun.Async(database, data.Path, "restore", "--from", backup);

        Assert.Equal((0, ""), (restored.Code, restored.Errors));
        Assert.Contains("all is well.", restored.Output, StringComparison.Ordinal);
        await using var copy = await GoImgApp.OverAsync(database, data.Path);
        Assert.Equal(original, await OriginalAsync(copy, id));
        Assert.Equal(objects, await ObjectsAsync(copy));
        Assert.Empty(await copy.VerifyAsync(isDeep: true, TimeSpan.Zero));
        using var api = new ApiClient(copy);
        Assert.Equal(HttpStatusCode.OK, (await api.SignInAsync("ana")).Status);
    }

    [Fact]
    public async Task A_backup_is_its_owners_alone_and_never_written_over_another()
    {
        using var folder = new TempDirectory();
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var backup = Path.Combine(folder.Path, "backup");

        await CommandRun.Async(app, "backup", "--to", backup);
        var again = await CommandRun.Async(app, "backup", "--to", backup);

        Assert.Equal(1, again.Code);
        Assert.Contains("is not empty", again.Errors, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(backup));
    }

    [Fact]
    public async Task A_backup_goes_into_an_empty_site_alone_and_one_that_was_stopped_is_begun_again()
    {
        using var folder = new TempDirectory();
        using var data = new TempDirectory();
        var (backup, database) = (Path.Combine(folder.Path, "backup"), await PostgresFixture.NewEmptyDatabaseAsync());
        await using (var app = await GoImgApp.StartAsync())
        {
            await (await app.SignUpAsync("ana")).HasImageAsync();
            await CommandRun.Async(app, "backup", "--to", backup);
        }

        var files = Directory.GetFiles(Path.Combine(backup, "objects"), "*", SearchOption.AllDirectories);
        var last = files.Order(StringComparer.Ordinal).Last();
        var bytes = await File.ReadAllBytesAsync(last, Ct);

        await File.WriteAllBytesAsync(last, [.. bytes[..^1], (byte)~bytes[^1]], Ct);
        var damaged = await CommandRun.Async(database, data.Path, "restore", "--from", backup);
        await File.WriteAllBytesAsync(last, bytes, Ct);
        var whole = await CommandRun.Async(database, data.Path, "restore", "--from", backup);
        var twice = await CommandRun.Async(database, data.Path, "restore", "--from", backup);
        var store = await CommandRun.Async(await PostgresFixture.NewEmptyDatabaseAsync(), await OtherStoreAsync(), "restore", "--from", backup);

        Assert.Equal((1, 0, 1, 1), (damaged.Code, whole.Code, twice.Code, store.Code));
        Assert.Contains("is not as it was written", damaged.Errors, StringComparison.Ordinal);
        Assert.Contains("has tables already", twice.Errors, StringComparison.Ordinal);
        Assert.Contains("which is not in this backup", store.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup.json", "is no backup, or one that was not finished")]
    [InlineData("database.dump", "is missing or is not as it was written")]
    [InlineData("objects.jsonl", "is missing or is not as it was written")]
    [InlineData("data-protection.key", "is missing or is not as it was written")]
    public async Task What_is_missing_or_damaged_in_a_backup_stops_the_restore_before_anything_is_changed(string file, string reason)
    {
        using var folder = new TempDirectory();
        using var data = new TempDirectory();
        var (backup, database) = (Path.Combine(folder.Path, "backup"), await PostgresFixture.NewEmptyDatabaseAsync());
        await using (var app = await GoImgApp.StartAsync(GoImgApp.NoJobs))
            await CommandRun.Async(app, "backup", "--to", backup);
        File.Delete(Path.Combine(backup, file));

        var restored = await CommandRun.Async(database, data.Path, "restore", "--from", backup);

        Assert.Equal(1, restored.Code);
        Assert.Contains(reason, restored.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    private static async Task<string> OtherStoreAsync()
    {
        await using var other = await GoImgApp.StartAsync();
        await (await other.SignUpAsync("ben")).HasImageAsync(seed: 3);
        var path = Directory.CreateTempSubdirectory("goimg-test-").FullName;
        CopyAll(other.DataPath, path);
        return path;
    }

    private static void CopyAll(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task<byte[]> OriginalAsync(GoImgApp app, ImageId id)
    {
        await using var opened = (await app.Services.GetRequiredService<IObjectStore>().OpenAsync(ImageObjectKeys.Original(id), null, Ct))!;
        using var bytes = new MemoryStream();
        await opened.Content.CopyToAsync(bytes, Ct);
        return bytes.ToArray();
    }

    /// <summary>Every object with what is kept beside its bytes.</summary>
    private static async Task<Dictionary<string, string>> ObjectsAsync(GoImgApp app)
    {
        var store = app.Services.GetRequiredService<IObjectStore>();
        var objects = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var found in store.ListAsync("", Ct))
        {
            var metadata = (await store.StatAsync(found.Key, Ct))!.Metadata;
            objects[found.Key.Value] = $"{found.LengthBytes} {metadata.ContentType} {metadata.CacheControl} {string.Join(',', metadata.Custom)}";
        }

        return objects;
    }
}
