using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace GoImg.Core.Shared;

/// <summary>One page of a list in keyset order. <paramref name="Next"/> is where the following page starts; null on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, Cursor? Next)
{
    /// <summary>How long the whole list is; null where it was not counted.</summary>
    public Total? Total { get; init; }

    /// <summary>Cuts rows that were read with one more than <paramref name="take"/> into a page.</summary>
    public static Page<T> Cut(List<T> rows, int take, Func<T, Cursor> cursorOf) =>
        rows.Count <= take ? new(rows, null) : new(rows[..take], cursorOf(rows[take - 1]));
}

/// <summary>Which part of a list is asked for: what follows a cursor, or a page by its number from 1. Only a numbered page is counted, and costs
/// reading past all before it, so that callers keep it within <see cref="Total.Limit"/>.</summary>
public readonly record struct PageRequest(int Take, Cursor? After = null, int? Number = null)
{
    public int Skip => Number is { } number ? (number - 1) * Take : 0;
}

/// <summary>How many rows a list has, counted up to <see cref="Limit"/> and no further.</summary>
public readonly record struct Total(int Rows, bool IsExact)
{
    public const int Limit = 10_000;

    /// <param name="counted">Rows, of which one more than the limit were counted at most.</param>
    public static Total Of(int counted) => new(Math.Min(counted, Limit), counted <= Limit);
}

/// <summary>The last row seen, by (time, id): ids of one millisecond are not ordered, so both are needed. Opaque to clients.</summary>
public sealed record Cursor(DateTimeOffset At, Guid Id)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks:x}.{Id:N}")));

    /// <summary>Null for null, empty or anything this class did not write: a foreign cursor starts at the first page.</summary>
    public static Cursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 100 || !Base64Url.IsValid(text))
            return null;

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return
            parts is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var at)
            && at >= 0
            && at <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(id, "N", out var guid)
            ? new Cursor(new DateTimeOffset(at, TimeSpan.Zero), guid)
            : null;
    }
}
