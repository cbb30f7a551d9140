using System.Runtime.CompilerServices;

namespace GoImg.Core.Shared;

/// <summary>Collects what is wrong with the values of one section, a sentence each: the full key, the value, and what it takes.</summary>
public sealed class OptionRules(string section)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>In front of each key.</summary>
    public string Section => section;

    /// <summary>For rules of their own kind.</summary>
    /// <param name="problem">A sentence that names the full key.</param>
    public void Holds(bool isSo, string problem)
    {
        if (!isSo)
            _problems.Add(problem);
    }

    /// <param name="minMeans">What <paramref name="min"/> stands for, as in "no limit".</param>
    /// <param name="key">Named by the compiler after the property.</param>
    public void Range<T>(T value, T min, T max, string? minMeans = null, [CallerArgumentExpression(nameof(value))] string key = "")
        where T : IComparable<T>, IFormattable =>
        Holds(
            value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0,
            FormattableString.Invariant($"{section}:{key} is {value}; it must be from {min}{(minMeans is null ? "" : $" ({minMeans})")} to {max}.")
        );

    /// <summary>Null is left to others.</summary>
    /// <inheritdoc cref="Range{T}(T, T, T, string?, string)" path="/param"/>
    public void Range<T>(T? value, T min, T max, string? minMeans = null, [CallerArgumentExpression(nameof(value))] string key = "")
        where T : struct, IComparable<T>, IFormattable
    {
        if (value is { } set)
            Range(set, min, max, minMeans, key);
    }

    /// <summary>Case does not count.</summary>
    public void OneOf(string value, IReadOnlyList<string> allowed, [CallerArgumentExpression(nameof(value))] string key = "") =>
        Holds(
            allowed.Contains(value, StringComparer.OrdinalIgnoreCase),
            $"{section}:{key} is \"{value}\"; it must be one of: {string.Join(", ", allowed)}."
        );
}
