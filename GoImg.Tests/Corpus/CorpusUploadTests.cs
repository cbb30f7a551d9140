using System.Collections.Concurrent;
using System.Diagnostics;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Corpus;

/// <summary>The whole corpus of good, odd and broken files over HTTP through a running server.</summary>
[Trait("Duration", "long")]
public sealed class CorpusUploadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // What render processes may need together is a setting (Rendering:MemoryMiB); the server reads, checks and stores streams and needs little of its own.
    private const long RenderBudgetMiB = 1024;
    private const long ServerMiB = 400;

    [Fact]
    public async Task Every_file_is_decided_as_the_policy_says_without_a_crash_a_fault_of_the_server_or_more_memory_than_is_allowed()
    {
        var files = RepositoryPaths.SharedFiles("corpus");
        using var data = new TempDirectory();
        var database = await PostgresFixture.NewDatabaseAsync();
        using var server = new ServerProcess(database, data.Path, $"Rendering:MemoryMiB={RenderBudgetMiB}");
        await server.StartAsync();
        using var ana = await UploadingApi.SignInAsync(server.Address);
        var clock = Stopwatch.StartNew();
        var verdicts = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);

        var memory = new ProcessMemory(server);
        await using (memory)
        {
            var accepted = await UploadAsync(server, ana, files, verdicts);
            var images = await DecidedAsync(database);
            foreach (var (name, id) in accepted)
                verdicts[name] = images[id.Value];
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{files.Length} files in {clock.Elapsed.TotalSeconds:0} s: {string.Join(", ", verdicts.Values.GroupBy(v => v).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}"))}. "
                + $"Server {memory.ServerPeakBytes >> 20} MiB, one render process {memory.RenderPeakBytes >> 20}, all together {memory.RenderTogetherBytes >> 20}."
        );
        Assert.False(server.HasEnded);
        Assert.DoesNotContain(verdicts, v => v.Value is "image.renderer_crashed" or "image.gave_up" or "image.took_too_much");
        var policy = new CorpusPolicy();
        var objections = verdicts.Select(v => policy.Objection(v.Key, v.Value)).OfType<string>().Order(StringComparer.Ordinal).ToList();
        Assert.True(objections.Count == 0, string.Join('\n', objections));
        Assert.InRange(memory.RenderTogetherBytes >> 20, 1, RenderBudgetMiB);
        Assert.InRange(memory.ServerPeakBytes >> 20, 1, ServerMiB);
    }

    /// <summary>What was refused at once is among the verdicts; the answer is what was not.</summary>
    private static async Task<ConcurrentDictionary<string, ImageId>> UploadAsync(
        ServerProcess server,
        UploadingApi ana,
        string[] files,
        ConcurrentDictionary<string, string> verdicts
    )
    {
        var accepted = new ConcurrentDictionary<string, ImageId>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (path, cancellationToken) =>
            {
                var name = Path.GetRelativePath(Path.Combine(RepositoryPaths.Shared, "corpus"), path);
                var answer = await ana.UploadAsync(server.Address, await File.ReadAllBytesAsync(path, cancellationToken));
                Assert.True(answer.Status is < HttpStatusCode.InternalServerError, $"{name}: {answer}");
                if (answer.Image is { } image)
                    accepted[name] = image;
                else
                    verdicts[name] = answer.Code!;
            }
        );
        return accepted;
    }

    /// <summary>The state or failure of each image, once none is on its way.</summary>
    private static async Task<Dictionary<Guid, string>> DecidedAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await Eventually.GetAsync(
            async () =>
            {
                await using var count = source.CreateCommand("SELECT count(*) FROM images WHERE state = 'Processing'");
                return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            },
            left => left == 0,
            Patience
        );

        await using var read = source.CreateCommand(
            "SELECT id, CASE WHEN state = 'Active' THEN 'active' ELSE coalesce(failure_code, state) END FROM images"
        );
        await using var rows = await read.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var verdicts = new Dictionary<Guid, string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            verdicts[rows.GetGuid(0)] = rows.GetString(1);
        return verdicts;
    }
}
