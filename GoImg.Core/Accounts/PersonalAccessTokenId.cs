namespace GoImg.Core.Accounts;

public readonly record struct PersonalAccessTokenId(Guid Value)
{
    public static PersonalAccessTokenId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}
