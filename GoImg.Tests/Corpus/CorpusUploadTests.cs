using System.Text.Json;
using System.Collections.Concurrent;
using System.Diagnostics;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Tests.Corpus;

/// <summary>The whole corpus of good, odd and broken files over HTTP through the running application.</summary>
public sealed class CorpusUploadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Every_file_is_decided_as_the_table_says_without_a_crash_or_a_fault_of_the_server()
    {
        var files = RepositoryPaths.SharedFiles("corpus");
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var (verdicts, accepted) = (new ConcurrentDictionary<string, string>(StringComparer.Ordinal), new ConcurrentDictionary<string, Guid>(StringComparer.Ordinal));
        var clock = Stopwatch.StartNew();

        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (path, cancellationToken) =>
        {
            var name = Path.GetRelativePath(Path.Combine(RepositoryPaths.Shared, "corpus"), path);
            using var answer = await ana.PostFileAsync(await File.ReadAllBytesAsync(path, cancellationToken));
            Assert.True((int)answer.StatusCode < 500, $"{name}: {answer.StatusCode}");
            var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).RootElement;
            if (answer.IsSuccessStatusCode)
                accepted[name] = said.GetProperty("id").GetGuid();
            else
                verdicts[name] = CodeOf(said);
        });
        var images = await DecidedAsync(app);
        foreach (var (name, id) in accepted)
            verdicts[name] = images[id];

        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Length} files in {clock.Elapsed.TotalSeconds:0} s: " + string.Join(", ", verdicts.Values.GroupBy(v => v).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}")));
        Assert.DoesNotContain(verdicts, v => v.Value is "image.renderer_crashed" or "image.gave_up");
        if (CorpusVerdicts.IsWriting)
            CorpusVerdicts.Write(verdicts);
        var expected = CorpusVerdicts.Read();
        var wrong = verdicts.Where(v => expected.GetValueOrDefault(v.Key) != v.Value).Select(v => $"{v.Key}: {v.Value}, not {expected.GetValueOrDefault(v.Key, "in the table")}").Order().ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The state or failure of each image, once none is on its way.</summary>
    private static async Task<Dictionary<Guid, string>> DecidedAsync(GoImgApp app)
    {
        await Eventually.GetAsync(
            () => app.InScopeAsync<GoImgDbContext, int>(db => db.Images.CountAsync(i => i.State == ImageState.Processing, TestContext.Current.CancellationToken)), left => left == 0, Patience);
        return await app.InScopeAsync<GoImgDbContext, Dictionary<Guid, string>>(async db =>
        {
            var all = await db.Images.AsNoTracking().Select(i => new { i.Id, i.State, i.FailureCode }).ToListAsync(TestContext.Current.CancellationToken);
            return all.ToDictionary(i => i.Id.Value, i => i.State == ImageState.Active ? "active" : i.FailureCode ?? i.State.ToString());
        });
    }

    private static string CodeOf(JsonElement said) => said.TryGetProperty("code", out var code) ? code.GetString()! : said.GetRawText();
}
