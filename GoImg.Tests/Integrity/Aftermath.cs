using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Core.Jobs;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GoImg.Tests.Integrity;

/// <summary>What must hold after every fault: all that was acknowledged is there and at its end, the gallery verifies byte by byte, and
/// once the sweep has been, nothing is left over.</summary>
public static class Aftermath
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<List<Image>> AssertNothingIsLostAsync(this GoImgApp app, IReadOnlyDictionary<ImageId, byte[]> acknowledged, string after)
    {
        await WaitUntilQuietAsync(app);
        var images = await app.InScopeAsync<GoImgDbContext, List<Image>>(db => db.Images.AsNoTracking().ToListAsync(Ct));
        var rows = images.ToDictionary(i => i.Id);
        foreach (var (id, sha256) in acknowledged)
        {
            Assert.True(rows.TryGetValue(id, out var image), $"{after}: image {id} was acknowledged and is gone.");
            Assert.True(
                image.State != ImageState.Processing && (image.State != ImageState.Failed || image.FailureReason is not null),
                $"{after}: {image.State}"
            );
            Assert.Equal(sha256, image.Sha256);
        }

        AssertClean(await app.VerifyAsync(isDeep: true, TimeSpan.FromDays(1)), after);
        await SweepTwoDaysLaterAsync(app);
        AssertClean(await app.VerifyAsync(isDeep: true, TimeSpan.Zero), after + ", swept");
        Assert.Empty(app.StagedFiles());
        return images;
    }

    /// <summary>No job of images waits or runs any more.</summary>
    private static async Task WaitUntilQuietAsync(GoImgApp app)
    {
        await using var source = NpgsqlDataSource.Create(app.ConnectionString);
        await Eventually.GetAsync(
            async () =>
            {
                await using var command = source.CreateCommand(
                    "SELECT coalesce(string_agg(kind || ' ' || state || ' ' || coalesce(last_error, ''), '; '), '') FROM jobs WHERE kind LIKE 'image.%' AND state IN ('Waiting', 'Running')"
                );
                return (string)(await command.ExecuteScalarAsync(Ct))!;
            },
            busy => busy.Length == 0,
            TimeSpan.FromSeconds(90)
        );
    }

    private static async Task SweepTwoDaysLaterAsync(GoImgApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var sweep = ActivatorUtilities.CreateInstance<SweepImages>(scope.ServiceProvider, new TwoDaysLater());
        Assert.IsType<JobOutcome.Done>(await sweep.HandleAsync(new SweepImagesJob(), new JobAttempt(1, 4), Ct));
        // The store asks its own clock how old what is staged is.
        foreach (var staged in app.StagedFiles())
            File.Delete(staged);
    }

    private static void AssertClean(List<Finding> findings, string after) =>
        Assert.True(findings.Count == 0, $"{after}: {string.Join('\n', findings)}");

    private sealed class TwoDaysLater : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromDays(2);
    }
}
