using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

public sealed record PurgeAlbumsJob : IJob
{
    public static string Kind => "albums.purge";
}

/// <summary>Deletes albums that lay in the trash for <see cref="Trash.Retention"/>.</summary>
public sealed class PurgeAlbums(IAlbums albums, IUnitOfWork unitOfWork, TimeProvider time) : IJobHandler<PurgeAlbumsJob>
{
    private const int Batch = 100;

    public async Task<JobOutcome> HandleAsync(PurgeAlbumsJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        var expired = time.GetUtcNow() - Trash.Retention;
        while (await albums.RemoveExpiredAsync(expired, Batch, cancellationToken) > 0)
            await unitOfWork.CommitAsync(cancellationToken);
        return new JobOutcome.Done();
    }
}
