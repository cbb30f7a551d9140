using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Jobs;

/// <summary>The queue to look at: admins only, anyone else gets <see cref="NotFound"/>.</summary>
public interface IJobQueries
{
    Task<Result<JobOverview>> OverviewAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<Result<Page<JobView>>> ListAsync(Actor actor, JobFilter filter, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>One job, for a page that asks whether it is meant.</summary>
    Task<Result<JobView>> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken);
}

/// <summary>Null means any.</summary>
/// <param name="IsUnfinished">Leaves out what is done.</param>
public sealed record JobFilter(JobState? State = null, string? Kind = null, bool IsUnfinished = false);

/// <param name="OldestDue">How long the oldest job that is due has been waiting; null when none is.</param>
/// <param name="DamagedOriginals">Images whose stored original was found missing or damaged.</param>
public sealed record JobOverview(IReadOnlyList<JobKindCounts> Kinds, TimeSpan? OldestDue, int DamagedOriginals)
{
    public int Waiting => Kinds.Sum(k => k.Waiting);

    public int Running => Kinds.Sum(k => k.Running);

    public int Dead => Kinds.Sum(k => k.Dead);

    public int DoneInHour => Kinds.Sum(k => k.DoneInHour);
}

/// <param name="Later">Of the waiting ones those that are not due yet: retries, and what waits for something that is down.</param>
public sealed record JobKindCounts(string Kind, int Waiting, int Later, int Running, int Dead, int DoneInHour, int DoneInDay);

/// <param name="Payload">The ids it is about, as JSON.</param>
/// <param name="Image">The one it is about; null when it is about none, or that is gone.</param>
public sealed record JobView(
    Guid Id,
    string Kind,
    JobState State,
    string Payload,
    int Attempts,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset RunAt,
    DateTimeOffset? FinishedAt,
    JobImage? Image = null
);

/// <param name="Title">Null for an image that not everyone may find: a list of jobs is no way to look at it.</param>
/// <param name="RenditionSet">Empty before the first.</param>
public sealed record JobImage(string Slug, string? Title, string RenditionSet);
