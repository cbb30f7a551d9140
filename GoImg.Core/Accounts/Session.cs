namespace GoImg.Core.Accounts;

/// <summary>What a session is carried by.</summary>
public enum SessionKind
{
    /// <summary>A browser's cookie.</summary>
    Cookie,

    /// <summary>A client of the REST API with access and refresh tokens.</summary>
    Api,
}

/// <summary>One sign-in on one device. The row is the truth: cookie, access token and open pages die with it.</summary>
public sealed class Session
{
    public const int MaxUserAgent = 200;

    private Session() { }

    public SessionId Id { get; private set; }

    public MemberId MemberId { get; private set; }

    public SessionKind Kind { get; private set; }

    /// <summary>"Keep me signed in" was ticked.</summary>
    public bool IsRemembered { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Written at most once a minute.</summary>
    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>Moves on with use, never past <see cref="EndsAt"/>.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset EndsAt => CreatedAt + SessionLifetime.Of(Kind, IsRemembered).Absolute;

    /// <summary>Where the sign-in came from.</summary>
    public string Address { get; private set; } = "";

    public string UserAgent { get; private set; } = "";

    /// <summary>SHA-256 of the newest refresh token; null for a cookie.</summary>
    public byte[]? RefreshHash { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public int Version { get; private set; }

    public static Session Start(Member member, SignInDevice device, SessionKind kind, bool remember, DateTimeOffset now) =>
        new()
        {
            Id = SessionId.New(),
            MemberId = member.Id,
            Kind = kind,
            IsRemembered = remember,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + SessionLifetime.Of(kind, remember).Idle,
            Address = device.Address ?? "",
            UserAgent = device.UserAgent is { Length: > MaxUserAgent } agent ? agent[..MaxUserAgent] : device.UserAgent ?? "",
        };

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>Replaces the refresh token; from now on every earlier one is a sign of theft.</summary>
    public RefreshToken RenewRefreshToken(DateTimeOffset now)
    {
        var token = RefreshToken.Issue(Id);
        RefreshHash = token.Hash;
        LastSeenAt = now;
        ExpiresAt = SessionLifetime.Of(Kind, IsRemembered).Extend(CreatedAt, now);
        return token;
    }
}

/// <summary>The device that signs in, as far as the server sees it.</summary>
public sealed record SignInDevice(string? Address, string? UserAgent);
