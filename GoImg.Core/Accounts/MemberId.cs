using System.Globalization;

namespace GoImg.Core.Accounts;

public readonly record struct MemberId(Guid Value)
{
    // The end of the year 9999; an id of another version may claim more.
    private const long LatestMilliseconds = 253_402_300_799_999;

    /// <summary>A new id; version 7, not strictly ordered within a millisecond.</summary>
    public static MemberId New() => new(Guid.CreateVersion7());

    /// <summary>When the id was made, out of its first 48 bits (RFC 9562 section 5.7).</summary>
    public DateTimeOffset WhenMade() =>
        DateTimeOffset.UnixEpoch.AddMilliseconds(
            Math.Min(long.Parse(Value.ToString("N").AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture), LatestMilliseconds)
        );

    public override string ToString() => Value.ToString();
}
