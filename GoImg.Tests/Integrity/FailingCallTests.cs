using System.Globalization;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>One system call fails: the first of its kind, then the second, and so on until an upload makes no more of them. The server runs what
/// is asynchronous on one thread, so that strace, which counts for each thread, counts for all of it.</summary>
[Trait("Duration", "long")]
public sealed class FailingCallTests
{
    private static readonly (string Call, string Error)[] Faults =
    [
        ("openat", "EMFILE"),
        ("openat", "EIO"),
        ("pwrite64", "EIO"),
        ("pwrite64", "ENOSPC"),
        ("fsync", "EIO"),
        ("renameat", "ENOSPC"),
    ];

    // An upload alone makes some dozen of them; with its preparation some hundred, of which the suite tries every seventh.
    private const int Most = 400;

    [Fact]
    public async Task Whichever_call_of_an_upload_fails_the_file_is_taken_or_refused_and_nothing_half_done_stays()
    {
        using var server = await FaultyServer.StartAsync(onOneThread: true, settings: "Node:Role=web");
        await server.RecoverAsync();

        foreach (var (call, error) in Faults)
            await FailEachAsync(server, call, error, step: 1, afterEach: server.LeavesNothingStagedAsync);

        await server.AssertNothingIsLostAsync("single calls of uploads failed");
    }

    [Fact]
    public async Task Whichever_call_of_the_preparation_fails_the_image_is_shown_in_the_end()
    {
        using var server = await FaultyServer.StartAsync(onOneThread: true);
        await server.RecoverAsync();

        foreach (var (call, error) in Faults.Append(("mkdirat", "EIO")))
            await FailEachAsync(server, call, error, step: Kills.AreMany ? 1 : 7, afterEach: server.IsIdleAsync);

        await server.AssertNothingIsLostAsync("single calls failed");
    }

    private static async Task FailEachAsync(FaultyServer server, string call, string error, int step, Func<Task> afterEach)
    {
        var failed = 1;
        var last = 0;
        for (var occurrence = 1; failed > 0 && occurrence < Most; occurrence += step)
        {
            var calls = await SystemCalls.FailAsync(server.Process, call, error, occurrence.ToString(CultureInfo.InvariantCulture));
            await using (calls)
            {
                await server.UploadAsync();
                await afterEach();
            }

            failed = calls.Failed;
            last = occurrence;
            await server.RecoverAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{call} with {error}: up to the {last}th.");
        Assert.True(last > 1, $"{call} was never called.");
    }
}
