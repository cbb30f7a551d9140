using System.Globalization;

namespace GoImg.Bench.Results;

/// <summary>One number from each round; NaN where it could not be measured, which counts for nothing.</summary>
internal sealed record Series(IReadOnlyList<double> Values)
{
    public double Min => Measured.Min();

    public double Max => Measured.Max();

    public double Median => Quantile(0.5);

    /// <summary>Nearest rank: a value that was measured, except that the median of an even number lies between two.</summary>
    public double Quantile(double share)
    {
        var sorted = Measured.Order().ToList();
        if (share == 0.5 && sorted.Count % 2 == 0)
            return (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <summary>Round by round: what happened to the machine in one round happened to both.</summary>
    public static Series operator /(Series above, Series below) => new([.. above.Values.Zip(below.Values, (a, b) => a / b)]);

    private IEnumerable<double> Measured => Values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN);

    public override string ToString() =>
        Values.Count == 1 ? Text(Median) : string.Create(CultureInfo.InvariantCulture, $"{Text(Median)} ({Text(Min)}–{Text(Max)})");

    public static string Text(double value) =>
        value.ToString(
            Math.Abs(value) switch
            {
                >= 100 => "0",
                >= 10 => "0.0",
                _ => "0.00",
            },
            CultureInfo.InvariantCulture
        );
}
