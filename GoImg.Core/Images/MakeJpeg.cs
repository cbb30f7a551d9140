using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.Rendering;

namespace GoImg.Core.Images;

/// <param name="Rendition">Its name.</param>
public sealed record MakeJpegJob(ImageId ImageId, string Rendition) : IJob
{
    public static string Kind => "image.jpeg";
}

/// <summary>Makes a JPEG that was asked for at a node without a renderer.</summary>
public sealed class MakeJpeg(IImageQueries images, RenditionSet renditions, ImageContentReader content) : IJobHandler<MakeJpegJob>
{
    public async Task<JobOutcome> HandleAsync(MakeJpegJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        if (
            renditions.Find(job.Rendition) is not { } rendition
            || await images.FindFileAsync(Actor.System, job.ImageId, cancellationToken) is not { } file
        )
            return new JobOutcome.Done();

        // What fails was logged where it failed, and is tried again when somebody asks again.
        var made = await content.RenditionAsync(file, rendition, asJpeg: true, cancellationToken);
        if (made.IsSuccess)
            await made.Value.DisposeAsync();
        return new JobOutcome.Done();
    }
}
