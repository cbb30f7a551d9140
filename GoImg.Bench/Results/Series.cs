using System.Globalization;

namespace GoImg.Bench.Results;

/// <summary>One number from each round.</summary>
internal sealed record Series(IReadOnlyList<double> Values)
{
    public double Min => Values.Min();

    public double Max => Values.Max();

    public double Median => Quantile(0.5);

    /// <summary>Nearest rank: a value that was measured, except that the median of an even number lies between two.</summary>
    public double Quantile(double share)
    {
        var sorted = Values.Order().ToList();
        if (share == 0.5 && sorted.Count % 2 == 0)
            return (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <summary>Round by round: what happened to the machine in one round happened to both.</summary>
    public static Series operator /(Series above, Series below) => new([.. above.Values.Zip(below.Values, (a, b) => a / b)]);

    public override string ToString() => Values.Count == 1
        ? Text(Median)
        : string.Create(CultureInfo.InvariantCulture, $"{Text(Median)} ({Text(Min)}–{Text(Max)})");

    public static string Text(double value) => value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
