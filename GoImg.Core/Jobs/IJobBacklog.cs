namespace GoImg.Core.Jobs;

/// <summary>How much work may wait. Taking in more than is ever done would only fill the disk.</summary>
public interface IJobBacklog
{
    /// <summary>0 = no limit.</summary>
    int Max { get; }

    /// <summary>More jobs than <see cref="Max"/> wait, those of low priority not counted.</summary>
    Task<bool> IsFullAsync(CancellationToken cancellationToken);
}
