using System.Globalization;

namespace GoImg.Bench.Results;

/// <summary>What was promised and what was measured; judged by the median.</summary>
/// <param name="IsAtLeast">True when more is better.</param>
internal sealed record Aim(string Name, string What, double Target, bool IsAtLeast, string Unit, Series Measured)
{
    public bool IsReached => IsAtLeast ? Measured.Median >= Target : Measured.Median <= Target;

    public string Verdict =>
        IsReached ? "reached"
        : Target == 0 ? "missed"
        : string.Create(CultureInfo.InvariantCulture, $"missed by {Math.Abs(Measured.Median / Target - 1) * 100:0} %");

    public string Promise => $"{(IsAtLeast ? "≥" : "≤")} {Series.Text(Target)}{Unit}";

    public static Aim AtLeast(string name, string what, double target, Series measured, string unit = " ×") =>
        new(name, what, target, true, unit, measured);

    public static Aim AtMost(string name, string what, double target, Series measured, string unit = " ×") =>
        new(name, what, target, false, unit, measured);
}
