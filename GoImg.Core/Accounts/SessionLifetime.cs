namespace GoImg.Core.Accounts;

/// <summary>How long a session lives without use, and how long in all.</summary>
public sealed record SessionLifetime(TimeSpan Idle, TimeSpan Absolute)
{
    private static readonly SessionLifetime Browser = new(TimeSpan.FromHours(12), TimeSpan.FromDays(90));
    private static readonly SessionLifetime RememberedBrowser = new(TimeSpan.FromDays(30), TimeSpan.FromDays(90));
    private static readonly SessionLifetime Api = new(TimeSpan.FromDays(7), TimeSpan.FromDays(30));

    public static SessionLifetime Of(SessionKind kind, bool remember) =>
        kind switch
        {
            SessionKind.Api => Api,
            _ => remember ? RememberedBrowser : Browser,
        };

    /// <summary>When a session used at <paramref name="now"/> expires.</summary>
    public DateTimeOffset Extend(DateTimeOffset createdAt, DateTimeOffset now)
    {
        var end = createdAt + Absolute;
        return now + Idle < end ? now + Idle : end;
    }
}
