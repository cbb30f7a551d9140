using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Integrity;

/// <summary>A server whose data lie on a small disk in memory. It is mounted in a namespace of the server's own, and gone with it.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TempDirectory _place = new();
    private readonly Dictionary<ImageId, byte[]> _journal = [];
    private readonly string _database;
    private int _seed;

    private SmallDisk(string database, int bytes, string[] settings)
    {
        _database = database;
        Server = new ServerProcess(database, _place["data"], settings) { Launcher = Mounted(_place.Path, bytes) };
    }

    public ServerProcess Server { get; }

    public UploadingApi Ana { get; private set; } = null!;

    public long FreeBytes => new DriveInfo(Data).AvailableFreeSpace;

    // As the server sees it: from outside the place is an empty directory.
    private string Data => $"/proc/{Server.Id}/root{_place["data"]}";

    private string Ballast => $"/proc/{Server.Id}/root{_place["ballast"]}";

    /// <summary>Skips the test where no one may mount.</summary>
    public static async Task<SmallDisk> StartAsync(int bytes, params string[] settings)
    {
        using (var place = new TempDirectory())
            Assert.SkipUnless(
                await RunsAsync([.. Mounted(place.Path, bytes), "true"]),
                "This machine lets us mount nothing: needs root or user namespaces."
            );
        var disk = new SmallDisk(await PostgresFixture.NewDatabaseAsync(), bytes, settings);
        await disk.Server.StartAsync();
        disk.Ana = await UploadingApi.SignInAsync(disk.Server.Address);
        return disk;
    }

    /// <summary>Takes room away that <see cref="GiveBack"/> frees.</summary>
    public Task SetAsideAsync(int bytes) => File.WriteAllBytesAsync(Ballast, new byte[bytes]);

    public void GiveBack() => File.Delete(Ballast);

    /// <summary>Uploads pictures of this size until one is refused, for the one reason there is.</summary>
    public async Task FillAsync(int sidePx)
    {
        while (true)
        {
            var answer = await Ana.UploadAsync(Server.Address, Pictures.Noisy(1000 + ++_seed, sidePx, sidePx));
            if (answer.Image is not { } taken)
            {
                Assert.Equal((HttpStatusCode.InsufficientStorage, "storage.full"), (answer.Status, answer.Code));
                return;
            }

            _journal[taken] = answer.Sha256;
        }
    }

    /// <summary>A resumable upload that came to its end.</summary>
    public void Note(TusResponse answer, byte[] file)
    {
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        _journal[new ImageId(Guid.Parse(answer["GoImg-Image-Id"]!))] = SHA256.HashData(file);
    }

    /// <summary>What was refused has left nothing. (What a job is writing now is gone in a moment.)</summary>
    public Task LeavesNothingStagedAsync() =>
        Eventually.GetAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(Data, "objects", "_staging"))), left => left.Length == 0);

    /// <summary>Pages are, and what was taken before.</summary>
    public async Task IsReadableAsync()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        using var page = await http.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Ana.Token);
        using var original = await http.GetAsync(
            $"/api/v1/images/{_journal.Keys.First().Value}/variants/original",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(_journal.Values.First(), SHA256.HashData(await original.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>Everything that was acknowledged is there and shown, every byte is read again, and nothing is left over.</summary>
    public async Task AssertNothingIsLostAsync()
    {
        await using (var source = NpgsqlDataSource.Create(_database))
        await using (var soon = source.CreateCommand("UPDATE jobs SET run_at = now() WHERE state = 'Waiting' AND kind = 'image.prepare'"))
            await soon.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var app = await GoImgApp.OverAsync(_database, Data, GoImgApp.NoJobs);
        var images = await app.AssertNothingIsLostAsync(_journal, "the disk was full");
        Assert.All(images, image => Assert.Equal(ImageState.Active, image.State));
    }

    public void Dispose()
    {
        Ana?.Dispose();
        Server.Dispose();
        _place.Dispose();
    }

    private static string[] Mounted(string place, int bytes)
    {
        string[] asRoot = Environment.UserName == "root" ? [] : ["--user", "--map-root-user"];
        var mount = string.Create(CultureInfo.InvariantCulture, $"mount -t tmpfs -o size={bytes},mode=755 tmpfs {place} && exec \"$@\"");
        return ["unshare", "--mount", .. asRoot, "sh", "-c", mount, "sh"];
    }

    private static async Task<bool> RunsAsync(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
