namespace GoImg.Core.Jobs;

/// <summary>The queue in the database.</summary>
public interface IJobQueue
{
    /// <summary>Adds the job to the current unit of work: it exists exactly if what is committed with it exists.</summary>
    void Enqueue<TJob>(TJob job, JobOptions? options = null)
        where TJob : IJob;
}

/// <summary>Null means at once, and normal priority. Lower numbers run first.</summary>
public sealed record JobOptions(TimeSpan? Delay = null, JobPriority Priority = JobPriority.Normal, Guid? MemberId = null);

public enum JobPriority
{
    High = 0,
    Normal = 10,
    Low = 20,
}
