namespace GoImg.Core.Jobs;

/// <summary><c>Waiting → Running → Done</c>; a failed, snoozed or rescued job goes back to Waiting, one that is given up to Dead.</summary>
public enum JobState
{
    Waiting,
    Running,
    Done,

    /// <summary>A dead letter: kept for an admin to look at, to retry or to discard.</summary>
    Dead,
}
