namespace GoImg.Core.Accounts;

public readonly record struct MemberId(Guid Value)
{
    /// <summary>A new id; version 7, not strictly ordered within a millisecond.</summary>
    public static MemberId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}
