using GoImg.Core.Shared;

namespace GoImg.Core.Uploads;

/// <summary>Bound from <c>Uploads</c>.</summary>
public sealed record UploadsOptions : IValidatedOptions
{
    public static string Section => "Uploads";

    /// <summary>How long an upload waits for its next part before it is removed. Default 1 day.</summary>
    [Reloadable]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Uploads a member may have begun and not finished at once. Default 100.</summary>
    [Reloadable]
    public int MaxUnfinished { get; init; } = 100;

    public void Check(OptionRules rules)
    {
        rules.Holds(
            KeepFor.TotalMinutes is >= 1 and <= 43_200,
            $"Uploads:KeepFor is {KeepFor}; it must be from 00:01:00 (a minute) to 30.00:00:00 (30 days)."
        );
        rules.Range(MaxUnfinished, 1, 10_000);
    }
}
