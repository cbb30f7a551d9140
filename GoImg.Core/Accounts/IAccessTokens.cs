namespace GoImg.Core.Accounts;

/// <summary>Short-lived signed names of sessions for the API. They prove only that we wrote them; the session decides the rest.</summary>
public interface IAccessTokens
{
    Task<AccessToken> IssueAsync(Session session, CancellationToken cancellationToken);
}

public sealed record AccessToken(string Text, TimeSpan Lifetime);
