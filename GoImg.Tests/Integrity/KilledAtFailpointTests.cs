using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>kill -9 of the real server at every named step there is, each with a database of its own; then a start, and nothing is lost.</summary>
[Trait("Duration", "long")]
public sealed class KilledAtFailpointTests
{
    private static readonly string[] WhileUploading = ["upload.after-stage", "upload.after-promote", "upload.before-commit", "upload.after-commit"];

    private static readonly string[] WhilePreparing =
    [
        "job.after-claim.image.prepare",
        "prepare.after-scan",
        "prepare.after-render",
        "render.after-xlarge",
        "render.after-large",
        "render.after-medium",
        "render.after-small",
        "render.after-thumbnail",
        "prepare.after-store",
        "prepare.before-commit",
        "prepare.after-commit",
        "job.before-settle.image.prepare",
    ];

    private static readonly string[] WhileLockingAway = ["quarantine.after-copy", "quarantine.after-commit"];

    private static readonly string[] WhileRefreshing = ["refresh.before-commit", "refresh.after-commit"];

    private static readonly string[] WhilePurging = ["purge.after-row", "purge.after-renditions"];

    // Starts cost a processor each; more at once than there are would only wait.
    private static readonly ParallelOptions Lanes = new() { MaxDegreeOfParallelism = 3 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_step_of_any_job_it_finishes_the_work_after_the_next_start_and_loses_nothing()
    {
        using var received = await Snapshot.AfterAsync("received", (_, _, _) => Task.CompletedTask);
        using var ready = await Snapshot.AfterAsync(
            "ready",
            async (app, _, image) =>
            {
                await app.RunAsync(new PrepareImageJob(image));
                await app.ExecuteSqlAsync("DELETE FROM jobs; UPDATE images SET recipe = 'older'");
            }
        );
        using var condemned = await Snapshot.AfterAsync(
            "condemned",
            async (app, ana, image) =>
            {
                await app.RunAsync(new PrepareImageJob(image));
                await app.InScopeAsync<DeletePermanently, Result>(delete => delete.OneAsync(ana.Actor, image, Ct));
            }
        );
        (string Failpoint, Func<string, Task> Run)[] cases =
        [
            .. WhileUploading.Select(f => (f, (Func<string, Task>)UploadingAsync)),
            .. WhilePreparing.Select(f => (f, (Func<string, Task>)(g => PreparingAsync(g, received, infected: false)))),
            .. WhileLockingAway.Select(f => (f, (Func<string, Task>)(g => PreparingAsync(g, received, infected: true)))),
            .. WhileRefreshing.Select(f => (f, (Func<string, Task>)(g => RefreshingAsync(g, ready)))),
            .. WhilePurging.Select(f => (f, (Func<string, Task>)(g => PurgingAsync(g, condemned)))),
        ];

        await Parallel.ForEachAsync(Chosen(cases), Lanes, async (c, _) => await c.Run(c.Failpoint));
    }

    /// <summary>Every other one, by the run's seed: the next run has the rest. All of them, again and again, in a long one.</summary>
    private static IEnumerable<T> Chosen<T>(T[] cases)
    {
        var first = new Seed("every other failpoint").Next(0, 2);
        return Kills.AreMany ? Enumerable.Repeat(cases, Kills.Times).SelectMany(c => c) : cases.Where((_, i) => i % 2 == first);
    }

    [Fact]
    public void Every_failpoint_in_the_source_is_struck_by_some_test()
    {
        var points = Sources("GoImg.Core")
            .Concat(Sources("GoImg.Infrastructure"))
            .SelectMany(text => text.Split("failpoints.HitAsync(\"").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)]))
            .ToHashSet();
        var tests = Sources("GoImg.Tests").ToList();

        Assert.NotEmpty(points);
        Assert.All(points, point => Assert.Contains(tests, text => text.Contains(point, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Sources(string project) =>
        Directory
            .EnumerateFiles(Path.Combine(RepositoryPaths.Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    private static async Task UploadingAsync(string failpoint)
    {
        using var data = new TempDirectory();
        var database = await PostgresFixture.NewDatabaseAsync();
        using var server = new ServerProcess(database, data.Path, $"GOIMG_FAILPOINTS={failpoint}:kill", "Node:Role=web");
        await server.StartAsync();
        using var ana = await UploadingApi.SignInAsync(server.Address);

        var answer = await ana.UploadAsync(server.Address, Pictures.Png());
        Assert.Equal(137, await server.WaitForEndAsync());

        Assert.Null(answer.Status);
        await using var app = await GoImgApp.OverAsync(database, data.Path);
        var images = await app.AssertNothingIsLostAsync(new Dictionary<ImageId, byte[]>(), failpoint);
        Assert.Equal(failpoint == "upload.after-commit" ? 1 : 0, images.Count);
    }

    private static async Task PreparingAsync(string failpoint, Snapshot received, bool infected)
    {
        await using var clamd = new FakeClamd { Verdict = _ => infected ? "stream: Eicar-Signature FOUND" : "stream: OK" };
        string[] scanning = ["Scanning:Kind=clamav", "Scanning:ClamAv=" + clamd.Address];
        using var data = new TempDirectory();
        var database = await received.CopyAsync(data);

        await KillAtAsync(failpoint, database, data.Path, scanning);

        await using var app = await GoImgApp.OverAsync(database, data.Path, scanning);
        var image = Assert.Single(await app.AssertNothingIsLostAsync(received.Journal, failpoint));
        Assert.Equal(infected ? ImageState.Quarantined : ImageState.Active, image.State);
    }

    private static async Task RefreshingAsync(string failpoint, Snapshot ready)
    {
        using var data = new TempDirectory();
        var database = await ready.CopyAsync(data);

        await KillAtAsync(failpoint, database, data.Path, []);

        await using var app = await GoImgApp.OverAsync(database, data.Path);
        var image = Assert.Single(await app.AssertNothingIsLostAsync(ready.Journal, failpoint));
        Assert.Equal((ImageState.Active, 5), (image.State, image.Renditions.Count));
        Assert.NotEqual("older", image.Recipe);
    }

    private static async Task PurgingAsync(string failpoint, Snapshot condemned)
    {
        using var data = new TempDirectory();
        var database = await condemned.CopyAsync(data);

        await KillAtAsync(failpoint, database, data.Path, []);

        await using var app = await GoImgApp.OverAsync(database, data.Path);
        Assert.Empty(await app.AssertNothingIsLostAsync(new Dictionary<ImageId, byte[]>(), failpoint));
        Assert.Empty(await app.ObjectsAsync());
    }

    private static async Task KillAtAsync(string failpoint, string database, string dataPath, string[] settings)
    {
        using var server = new ServerProcess(database, dataPath, [.. settings, $"GOIMG_FAILPOINTS={failpoint}:kill"]);
        server.Launch();
        Assert.Equal(137, await server.WaitForEndAsync());
    }
}
