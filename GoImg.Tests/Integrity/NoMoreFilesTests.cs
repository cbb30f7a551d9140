using System.Diagnostics;
using System.Globalization;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>A process that may open no more files, pipes and connections than it has: the kernel itself says no (EMFILE), to whichever comes first.</summary>
[Trait("Duration", "long")]
public sealed class NoMoreFilesTests
{
    private const int Most = 24;

    [Fact]
    public async Task With_no_file_left_or_few_an_upload_is_taken_or_refused_in_words_and_all_is_well_once_there_are_more()
    {
        using var server = await FaultyServer.StartAsync(onOneThread: false, losesDatabaseToo: true);
        await server.RecoverAsync();
        var answers = new List<HttpStatusCode>();

        for (var left = 0; left <= Most; left += Kills.AreMany ? 1 : 2)
        {
            await LeaveAsync(server.Process, left);
            answers.Add(await server.UploadAsync());
            await LeaveAsync(server.Process, null);
            await server.RecoverAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', answers.Select(a => (int)a)));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created), (answers[0], answers[^1]));
        await server.AssertNothingIsLostAsync("files ran out");
    }

    [Fact]
    public async Task Who_comes_while_no_connection_can_be_taken_is_answered_once_it_can()
    {
        using var server = await FaultyServer.StartAsync(onOneThread: false, losesDatabaseToo: true);
        // It must have worked once: parts that the runtime has not loaded yet, it can't load now, and ends ("Out of memory").
        await server.RecoverAsync();
        using var stranger = new HttpClient { BaseAddress = server.Process.Address };

        await LeaveAsync(server.Process, 0);
        var asked = stranger.GetAsync("/health/live", TestContext.Current.CancellationToken);
        // Somebody who is connected already is answered meanwhile, be it that the database can't be reached anew.
        await server.LoseDatabaseConnectionsAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.UploadAsync());
        Assert.False(asked.IsCompleted);
        await LeaveAsync(server.Process, null);

        using var answer = await asked;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await server.RecoverAsync();
    }

    /// <summary>Sets the limit so that this many more can be opened, whatever numbers they get; null lifts it.</summary>
    private static async Task LeaveAsync(ServerProcess server, int? more)
    {
        var limit = "4096";
        if (more is { } free)
        {
            var open = Directory.GetFileSystemEntries($"/proc/{server.Id}/fd").Select(f => int.Parse(Path.GetFileName(f), CultureInfo.InvariantCulture)).ToHashSet();
            limit = Enumerable.Range(0, int.MaxValue).Where(number => !open.Contains(number)).ElementAt(free).ToString(CultureInfo.InvariantCulture);
        }

        using var prlimit = Process.Start("prlimit", ["--pid", server.Id.ToString(CultureInfo.InvariantCulture), $"--nofile={limit}:"]);
        await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, prlimit.ExitCode);
    }
}
