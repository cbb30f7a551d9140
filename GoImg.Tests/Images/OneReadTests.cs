using System.Collections.Concurrent;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Storage;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Images;

public sealed class OneReadTests
{
    [Fact]
    public async Task A_job_reads_its_original_once_and_leaves_no_copy()
    {
        using var scratch = new TempDirectory();
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs, $"Rendering:ScratchPath={scratch["scratch"]}");
        var ana = await app.SignUpAsync("ana");
        var image = (await ana.UploadAsync(Pictures.Png())).Value();
        await using var scope = app.Services.CreateAsyncScope();
        var store = new CountingStore(app.Services.GetRequiredService<IObjectStore>());
        var copies = ActivatorUtilities.CreateInstance<LocalCopies>(scope.ServiceProvider, store);
        var job = ActivatorUtilities.CreateInstance<PrepareImage>(
            scope.ServiceProvider,
            new ReadOriginal(copies),
            ActivatorUtilities.CreateInstance<RenderImage>(scope.ServiceProvider, store)
        );

        var outcome = await job.HandleAsync(new PrepareImageJob(image.ImageId), new JobAttempt(1, 1), TestContext.Current.CancellationToken);

        Assert.IsType<JobOutcome.Done>(outcome);
        Assert.Equal(ImageState.Active, (await app.FindImageAsync(image.ImageId))!.State);
        Assert.Equal([ImageObjectKeys.Original(image.ImageId)], store.Opened);
        Assert.Empty(Directory.EnumerateFiles(scratch["scratch"], "*", SearchOption.AllDirectories));
    }

    private sealed class CountingStore(IObjectStore inner) : IObjectStore
    {
        public ConcurrentQueue<ObjectKey> Opened { get; } = [];

        public Task<OpenObject?> OpenAsync(ObjectKey key, ByteRange? range, CancellationToken cancellationToken)
        {
            Opened.Enqueue(key);
            return inner.OpenAsync(key, range, cancellationToken);
        }

        public Task<StagedObject> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken) =>
            inner.StageAsync(content, maxBytes, cancellationToken);

        public Task PromoteAsync(StagedObject staged, ObjectKey key, ObjectMetadata metadata, CancellationToken cancellationToken) =>
            inner.PromoteAsync(staged, key, metadata, cancellationToken);

        public Task PutAsync(ObjectKey key, Stream content, ObjectMetadata metadata, CancellationToken cancellationToken) =>
            inner.PutAsync(key, content, metadata, cancellationToken);

        public Task<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellationToken) => inner.StatAsync(key, cancellationToken);

        public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

        public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken) =>
            inner.ListAsync(prefix, cancellationToken);

        public Task<Uri> GetSignedUrlAsync(ObjectKey key, TimeSpan validFor, CancellationToken cancellationToken) =>
            inner.GetSignedUrlAsync(key, validFor, cancellationToken);

        public Task<int> SweepStagedAsync(TimeSpan age, CancellationToken cancellationToken) => inner.SweepStagedAsync(age, cancellationToken);
    }
}
