using GoImg.Core.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Jobs;

/// <summary>A job as it lies in the database. Changed only by <see cref="JobQueue"/>'s statements, with the database's clock.</summary>
internal sealed class JobRow
{
    public Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The job record as JSON.</summary>
    public required string Payload { get; init; }

    public int Priority { get; init; }

    public JobState State { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset RunAt { get; init; }

    /// <summary>Order among what may run: <see cref="RunAt"/>, later the more jobs of the same member wait in front. So one member's
    /// thousand uploads let everybody else's single one pass, and run at full speed when there is none.</summary>
    public DateTimeOffset TurnAt { get; init; }

    /// <summary>Starts so far, those that ended with the process included.</summary>
    public int Attempts { get; init; }

    /// <summary>New at every claim; who does not know it can neither renew, settle nor commit.</summary>
    public Guid? LeaseToken { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The running process, by the number of the advisory lock it keeps while it lives.</summary>
    public int? Holder { get; init; }

    public string? LastError { get; init; }

    public Guid? MemberId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

internal sealed class JobRowConfiguration : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> builder)
    {
        builder.ToTable("Jobs");
        builder.HasKey(j => j.Id);
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.Property(j => j.Kind).HasMaxLength(64);
        builder.Property(j => j.Payload).HasColumnType("jsonb");
        // Claiming reads the first rows of this one.
        builder
            .HasIndex(j => new
            {
                j.Priority,
                j.TurnAt,
                j.Id,
            })
            .HasFilter("state = 'Waiting'")
            .HasDatabaseName("IX_Jobs_Waiting");
        // How many of a member's jobs wait, asked at every insert.
        builder.HasIndex(j => j.MemberId).HasFilter("state = 'Waiting'").HasDatabaseName("IX_Jobs_Waiting_Of_Member");
        // Rescue.
        builder.HasIndex(j => j.LeaseUntil).HasFilter("state = 'Running'");
        // The page of jobs.
        builder.HasIndex(j => new { j.CreatedAt, j.Id }).IsDescending();
        // Cleaning, and when a recurring job ran last.
        builder.HasIndex(j => new { j.Kind, j.FinishedAt });
    }
}
