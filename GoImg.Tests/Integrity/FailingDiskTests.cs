using System.Diagnostics;
using System.Globalization;
using GoImg.Core.Images;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>A disk that fails under the running server: strace answers its system calls with errors for a while.</summary>
[Trait("Duration", "long")]
public sealed class FailingDiskTests
{
    // Every call of a kind fails; and for a long night each kind at its first, second, … call of every thread.
    private static readonly (string Call, string Error, HttpStatusCode Answer)[] Faults =
    [
        ("pwrite64", "ENOSPC", HttpStatusCode.InsufficientStorage), ("pwrite64", "EDQUOT", HttpStatusCode.InsufficientStorage), ("pwrite64", "EIO", HttpStatusCode.ServiceUnavailable),
        ("fsync", "EIO", HttpStatusCode.ServiceUnavailable), ("renameat", "EIO", HttpStatusCode.ServiceUnavailable), ("renameat", "ENOSPC", HttpStatusCode.InsufficientStorage),
        ("mkdirat", "ENOSPC", HttpStatusCode.InsufficientStorage),
    ];

    private int _seed;

    [Fact]
    public async Task While_the_disk_fails_uploads_are_refused_in_words_and_afterwards_all_is_well_without_a_restart()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed.");
        using var data = new TempDirectory();
        var database = await PostgresFixture.NewDatabaseAsync();
        using var server = new ServerProcess(database, data.Path, "Jobs:RetryDelays:0=00:00:00.1");
        await server.StartAsync();
        using var ana = await UploadingApi.SignInAsync(server.Address);
        var journal = new Dictionary<ImageId, byte[]>();
        await AcceptAsync(server, ana, journal);

        foreach (var (call, error, answer) in Faults)
        {
            await using (await TraceAsync(server, call, $"{error}:when=1+"))
            {
                // A directory that is there need not be made: the first image of a shard is what meets that failure.
                var met = await UploadUntilAsync(server, ana, journal, status => status == answer, tries: call == "mkdirat" ? 100 : 1);
                Assert.True(met, $"{call} with {error} did not answer {answer}.");
            }

            await AcceptAsync(server, ana, journal);
        }

        for (var occurrence = 1; Kills.AreMany && occurrence <= 5 * Kills.Times; occurrence++)
        {
            foreach (var (call, error, answer) in Faults)
            {
                await using (await TraceAsync(server, call, $"{error}:when={occurrence}"))
                    await UploadUntilAsync(server, ana, journal, status => status == answer, tries: 4);
                await AcceptAsync(server, ana, journal);
            }
        }

        await using (var source = Npgsql.NpgsqlDataSource.Create(database))
        await using (var soon = source.CreateCommand("UPDATE jobs SET run_at = now() WHERE state = 'Waiting' AND kind = 'image.prepare'"))
            await soon.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        // What a failed write left would stay; what a job is writing now is gone in a moment.
        await Eventually.GetAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(data.Path, "objects", "_staging"))), left => left.Length == 0);
        await server.KillAsync();
        await using var app = await GoImgApp.OverAsync(database, data.Path);
        var images = await app.AssertNothingIsLostAsync(journal, "the disk failed");
        Assert.All(images, image => Assert.Equal(ImageState.Active, image.State));
    }

    private async Task AcceptAsync(ServerProcess server, UploadingApi ana, Dictionary<ImageId, byte[]> journal) =>
        Assert.True(await UploadUntilAsync(server, ana, journal, status => status == HttpStatusCode.Created, tries: 1), "It did not recover.");

    private async Task<bool> UploadUntilAsync(ServerProcess server, UploadingApi ana, Dictionary<ImageId, byte[]> journal, Func<HttpStatusCode, bool> isMet, int tries)
    {
        for (var i = 0; i < tries; i++)
        {
            var (status, image, sha256) = await ana.UploadAsync(server.Address, Pictures.Png(++_seed, 30, 20));
            if (image is { } taken)
                journal[taken] = sha256;
            Assert.True(
                status is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage, $"It answered {(status is null ? "nothing" : status)}.");
            if (isMet(status!.Value))
                return true;
        }

        return false;
    }

    private static async Task<Tracer> TraceAsync(ServerProcess server, string call, string inject)
    {
        var id = server.Id.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("strace", ["-f", "-p", id, "-o", "/dev/null", "-e", "trace=" + call, "-e", $"inject={call}:error={inject}"]) { RedirectStandardError = true };
        var strace = Process.Start(start)!;
        // "strace: Process 123 attached with 45 threads"
        var line = await strace.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        Assert.SkipWhen(line.Contains("not permitted", StringComparison.Ordinal), "This machine does not let us trace.");
        Assert.Contains("attached", line, StringComparison.Ordinal);
        _ = strace.StandardError.ReadToEndAsync(CancellationToken.None);
        return new Tracer(strace);
    }

    private sealed class Tracer(Process strace) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // Lets go of the server as Ctrl+C would.
            using (var kill = Process.Start("kill", ["-INT", strace.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            await strace.WaitForExitAsync();
            strace.Dispose();
        }
    }
}
