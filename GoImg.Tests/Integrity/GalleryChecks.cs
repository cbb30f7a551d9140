using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Core.Jobs;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Integrity;

/// <summary>Breaks stored bytes behind the application's back, and asks it what it finds.</summary>
public static class GalleryChecks
{
    public static void Damage(this GoImgApp app, string key, Func<byte[], byte[]> how)
    {
        var path = Path.Combine(app.DataPath, "objects", key);
        File.WriteAllBytes(path, how(File.ReadAllBytes(path)));
    }

    /// <summary>Turns one bit, in the middle: no length tells.</summary>
    public static void FlipABit(this GoImgApp app, string key) =>
        app.Damage(
            key,
            bytes =>
            {
                bytes[bytes.Length / 2] ^= 0x10;
                return bytes;
            }
        );

    public static Task<List<Finding>> VerifyAsync(this GoImgApp app, bool isDeep, TimeSpan grace) =>
        app.InScopeAsync<VerifyGallery, List<Finding>>(async gallery =>
        {
            var findings = new List<Finding>();
            await foreach (var finding in gallery.RunAsync(isDeep, grace, new IntegrityTally(), TestContext.Current.CancellationToken))
                findings.Add(finding);
            return findings;
        });

    /// <summary>A ready image of an application whose worker is off.</summary>
    public static async Task<Image> ReadyImageAsync(this GoImgApp app, MemberClient owner, int seed, Visibility visibility = Visibility.Private)
    {
        var uploaded = (await owner.UploadAsync(Pictures.Png(seed), visibility)).Value();
        await app.RunAsync(new PrepareImageJob(uploaded.ImageId));
        return (await app.FindImageAsync(uploaded.ImageId))!;
    }

    /// <summary>Does the job here and now.</summary>
    public static Task<JobOutcome> RunAsync<TJob>(this GoImgApp app, TJob job)
        where TJob : IJob =>
        app.InScopeAsync<IJobHandler<TJob>, JobOutcome>(handler =>
            handler.HandleAsync(job, new JobAttempt(1, 4), TestContext.Current.CancellationToken)
        );

    /// <summary>Finds what is outdated and refreshes it, as the worker would; answers how many there were.</summary>
    public static async Task<int> RefreshAllAsync(this GoImgApp app)
    {
        Assert.IsType<JobOutcome.Done>(await app.RunAsync(new RefreshImagesJob()));
        await using var source = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = source.CreateCommand("DELETE FROM jobs WHERE kind = 'image.refresh' RETURNING (payload->>'image_id')::uuid");
        var ids = new List<Guid>();
        await using (var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await rows.ReadAsync(TestContext.Current.CancellationToken))
                ids.Add(rows.GetGuid(0));
        }

        foreach (var id in ids)
            Assert.IsType<JobOutcome.Done>(await app.RunAsync(new RefreshImageJob(new ImageId(id))));
        return ids.Count;
    }
}
