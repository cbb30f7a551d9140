namespace GoImg.Core.Uploads;

/// <summary>Bound from <c>Uploads</c>.</summary>
public sealed record UploadsSettings
{
    /// <summary>How long an upload waits for its next part before it is removed. Default 1 day.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Uploads a member may have begun and not finished at once. Default 100.</summary>
    public int MaxUnfinished { get; init; } = 100;

    /// <summary>The first key with a value that can't be, as a sentence; null when all is well.</summary>
    public string? Problem() =>
        this switch
        {
            { KeepFor.TotalMinutes: < 1 or > 43_200 } =>
                $"Uploads:KeepFor is {KeepFor}; it must be from 00:01:00 (a minute) to 30.00:00:00 (30 days).",
            { MaxUnfinished: < 1 or > 10_000 } => $"Uploads:MaxUnfinished is {MaxUnfinished}; it must be from 1 to 10000.",
            _ => null,
        };
}
