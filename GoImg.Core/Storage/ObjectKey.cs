namespace GoImg.Core.Storage;

/// <summary>The name of a stored object, built from ids only: lower-case letters, digits, <c>-</c>, <c>.</c> and <c>/</c>, never a client's text.
/// Which names there are is the business of whoever owns the objects.</summary>
public readonly record struct ObjectKey
{
    private const string Characters = "abcdefghijklmnopqrstuvwxyz0123456789-./";

    private ObjectKey(string value) => Value = value;

    public string Value { get; }

    /// <summary>What <see cref="ToString"/> wrote, read back. Throws on anything that could leave the store.</summary>
    public static ObjectKey Parse(string value) => TryParse(value) ?? throw new FormatException("Not an object key.");

    /// <summary>Null for what is no key.</summary>
    public static ObjectKey? TryParse(string value) =>
        value.Length is 0 or > 200 || value.Split('/').Any(part => part is "" or "." or "..") || value.AsSpan().IndexOfAnyExcept(Characters) >= 0
            ? null
            : new ObjectKey(value);

    /// <summary>Two digits to put before an id in a key, so that no directory gets too many names.
    /// The last two: version 7 ids begin with the time, so their ends spread evenly.</summary>
    public static string Shard(Guid id) => id.ToString("n")[^2..];

    public override string ToString() => Value;
}
