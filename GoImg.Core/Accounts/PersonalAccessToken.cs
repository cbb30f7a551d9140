using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>Lets a program act for its owner without their password, within its scopes and until a day that was named when it was made. Of its secret
/// only the hash is kept. A revoked one is deleted.</summary>
public sealed class PersonalAccessToken
{
    public const int MaxName = 100;

    /// <summary>That have not expired.</summary>
    public const int MaxPerMember = 50;

    public const int MaxDays = 365;

    public const int DefaultDays = 90;

    private PersonalAccessToken() { }

    public PersonalAccessTokenId Id { get; private set; }

    public MemberId MemberId { get; private set; }

    public string Name { get; private set; } = "";

    public IReadOnlyList<TokenScope> Scopes { get; private set; } = [];

    public byte[] Hash { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Written at most once a minute; null before the first use.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>Fails with <see cref="ValidationFailed"/> for <c>name</c>, <c>scopes</c> and <c>expires_at</c>.</summary>
    public static Result<PersonalAccessToken> Create(MemberId member, TokenRequest wanted, TokenSecret secret, DateTimeOffset now)
    {
        var name = Text.Line(wanted.Name);
        TokenScope[] scopes = [.. wanted.Scopes.Distinct().Order()];
        var lastDay = DateOnly.FromDateTime(now.UtcDateTime).AddDays(MaxDays);
        var fields = new List<FieldError>();
        if (Text.Length(name) is 0 or > MaxName)
            fields.Add(new("name", AccountErrorTexts.TokenName.With(MaxName)));
        if (scopes.Length == 0)
            fields.Add(new("scopes", AccountErrorTexts.TokenScopes));
        if (wanted.ExpiresAt is not { } end || end <= now || DateOnly.FromDateTime(end.UtcDateTime) > lastDay)
            fields.Add(new("expires_at", AccountErrorTexts.TokenExpiry.With(MaxDays)));
        if (fields.Count > 0)
            return new ValidationFailed(fields);

        return new PersonalAccessToken
        {
            Id = PersonalAccessTokenId.New(),
            MemberId = member,
            Name = name,
            Scopes = scopes,
            Hash = secret.Hash,
            CreatedAt = now,
            ExpiresAt = wanted.ExpiresAt!.Value.ToUniversalTime(),
        };
    }
}

/// <summary>What somebody wants a token to be.</summary>
public sealed record TokenRequest(string? Name, IReadOnlyCollection<TokenScope> Scopes, DateTimeOffset? ExpiresAt);
