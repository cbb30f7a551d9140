namespace GoImg.Core.Jobs;

/// <summary>The running job's lease went to somebody else while this process was away; nothing of the commit was saved.
/// A handler lets it pass: whoever holds the lease now does the work.</summary>
public sealed class LeaseLostException() : Exception("The job's lease was lost; nothing was saved.");
