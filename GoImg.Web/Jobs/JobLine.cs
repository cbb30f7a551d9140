using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Web.Images;

namespace GoImg.Web.Jobs;

/// <summary>A job as its row says it: a few words of it, so that a grid of many keeps little.</summary>
/// <param name="About">What it is about, when that is no image.</param>
/// <param name="ImageUrl">The page of its image; null when it is about none.</param>
/// <param name="Thumbnail">Of an image that anyone may find; what its owner shows to no one is opened knowingly, on its page.</param>
/// <param name="RunsIn">How long a waiting one still waits; null when it is due.</param>
public sealed record JobLine(
    Guid Id,
    string Kind,
    string? About,
    string? ImageUrl,
    string? Title,
    string? Thumbnail,
    JobState State,
    TimeSpan? RunsIn,
    DateTimeOffset Since,
    int Attempts,
    string? Reason
)
{
    public static JobLine From(JobView job, IImageUrls urls, DateTimeOffset now) =>
        new(
            job.Id,
            JobLabels.Of(job.Kind),
            job.Image is null ? JobLabels.About(job) : null,
            job.Image is { } image ? urls.Page(image.Slug) : null,
            job.Image?.Title ?? (job.Image is null ? null : JobTexts.ItsImage),
            job.Image is { Title: not null, RenditionSet.Length: > 0 } shown ? urls.Renditions(shown.Slug, shown.RenditionSet).Thumbnail : null,
            job.State,
            job.State == JobState.Waiting && job.RunAt > now ? job.RunAt - now : null,
            job.FinishedAt ?? job.CreatedAt,
            job.Attempts,
            job.LastError
        );

    public static Page<JobLine> From(Page<JobView> page, IImageUrls urls, DateTimeOffset now) =>
        new([.. page.Items.Select(job => From(job, urls, now))], page.Next);
}
