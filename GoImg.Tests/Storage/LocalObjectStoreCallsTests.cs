using System.Diagnostics;
using System.Text.RegularExpressions;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Storage;

/// <summary>The system calls of a write, seen and disturbed with strace: their order is what a power cut would test.</summary>
[Trait("Duration", "long")]
public sealed partial class LocalObjectStoreCallsTests : IDisposable
{
    private const string StorePath = "GOIMG_TEST_STORE";
    private static readonly ObjectKey Key = ObjectKey.Parse("renditions/ab/cat/small.webp");

    private readonly TempDirectory _directory = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Root => _directory["objects"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Bytes_are_flushed_before_they_get_their_name_and_every_new_name_is_flushed_after()
    {
        var (calls, _) = await TraceAsync("-e", "trace=pwrite64,fsync,renameat,mkdirat");

        var staged = calls.FindIndex(call =>
            call.StartsWith("pwrite64 ", StringComparison.Ordinal) && call.Contains("/_staging/", StringComparison.Ordinal)
        );
        var flushed = calls.FindIndex(
            staged + 1,
            call => call.StartsWith("fsync ", StringComparison.Ordinal) && call.Contains("/_staging/", StringComparison.Ordinal)
        );
        var named = calls.FindIndex(flushed + 1, call => call.StartsWith("renameat ", StringComparison.Ordinal));
        var announced = calls.FindIndex(named + 1, call => call == $"fsync {Root}/renditions/ab/cat");
        Assert.True(staged >= 0 && flushed > staged && named > flushed && announced > named, string.Join('\n', calls));
        foreach (
            var (made, index) in calls
                .Select((call, index) => (call, index))
                .Where(pair => pair.call.StartsWith("mkdirat ", StringComparison.Ordinal))
        )
            Assert.Equal($"fsync {Path.GetDirectoryName(made["mkdirat ".Length..])}", calls[index + 1]);
        Assert.Equal(3, calls.Count(call => call.StartsWith("mkdirat ", StringComparison.Ordinal)));
    }

    // strace counts per thread: everything after the last byte happens on one, so the numbers are those of PutAsync's own calls.
    [Theory]
    [InlineData("pwrite64", "EIO", 1)]
    [InlineData("pwrite64", "ENOSPC", 1)]
    [InlineData("pwrite64", "EDQUOT", 1)]
    [InlineData("fsync", "EIO", 5)]
    [InlineData("renameat", "EIO", 1)]
    [InlineData("mkdirat", "ENOSPC", 3)]
    public async Task A_call_that_fails_fails_the_write_and_leaves_nothing_staged(string call, string error, int occurrences)
    {
        var expected = error is "ENOSPC" or "EDQUOT" ? nameof(ObjectStoreFullException) : nameof(ObjectStoreUnavailableException);
        for (var occurrence = 1; occurrence <= occurrences; occurrence++)
        {
            var (_, output) = await TraceAsync("-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={occurrence}");

            Assert.True(output.Contains($"The write: {expected}.", StringComparison.Ordinal), $"{call} number {occurrence}: {output}");
            Assert.Empty(Directory.GetFiles(Path.Combine(Root, "_staging")));
            if (Directory.Exists(Path.Combine(Root, "renditions")))
                Directory.Delete(Path.Combine(Root, "renditions"), recursive: true);
        }
    }

    [ChildFact]
    public async Task Writer()
    {
        var store = new LocalObjectStore(Environment.GetEnvironmentVariable(StorePath)!, 0, TimeProvider.System);
        var outcome = "done";
        try
        {
            await store.PutAsync(Key, new MemoryStream(new byte[200_000]), Ct);
        }
        catch (ObjectStoreUnavailableException e)
        {
            outcome = e.GetType().Name;
        }

        Console.WriteLine($"The write: {outcome}.");
        // Ends here and now: what else this process would write (coverage) is not to meet the injected failures.
        Process.GetCurrentProcess().Kill();
    }

    // Line by line: 123 mkdirat(12</objects/renditions>, "ab", 0700) = 0 becomes mkdirat /objects/renditions/ab.
    private async Task<(List<string> Calls, string Output)> TraceAsync(params string[] options)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed.");
        new LocalObjectStore(Root, 0, TimeProvider.System).Prepare(mustExist: false);
        var trace = _directory["trace"];
        var output = await ChildTest.RunAsync(
            $"{typeof(LocalObjectStoreCallsTests).FullName}.{nameof(Writer)}",
            [new(StorePath, Root)],
            ["strace", "-f", "-y", "-o", trace, .. options]
        );
        Assert.SkipWhen(output.Contains("Operation not permitted", StringComparison.Ordinal), "This machine does not let us trace.");
        Assert.True(output.Contains("The write: ", StringComparison.Ordinal), output);
        var calls = (await File.ReadAllLinesAsync(trace, Ct))
            .Select(line => Call().Match(line))
            .Where(match => match.Success && match.Groups["path"].Value.StartsWith(Root, StringComparison.Ordinal))
            .Select(match =>
                $"{match.Groups["name"].Value} {match.Groups["path"].Value}{(match.Groups["made"] is { Success: true } made ? "/" + made.Value : "")}"
            );
        return ([.. calls], output);
    }

    [GeneratedRegex(
        """^\d+ +(?<name>\w+)\(\d+<(?<path>[^>]+)>(, "(?<made>\w+)", 0700\))?""",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Call();
}
