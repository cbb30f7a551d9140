namespace GoImg.Core.Jobs;

/// <summary>Work to be done after the fact it belongs to is saved. A record of ids only: it is stored as JSON and read by later versions.</summary>
public interface IJob
{
    /// <summary>Stable name in the database, such as <c>image.prepare</c>.</summary>
    static abstract string Kind { get; }
}
