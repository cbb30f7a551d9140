using GoImg.Core.Accounts;

namespace GoImg.Tests.Accounts;

public sealed class SessionLifetimeTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(SessionKind.Cookie, false, 12, 90)]
    [InlineData(SessionKind.Cookie, true, 30 * 24, 90)]
    [InlineData(SessionKind.Api, false, 7 * 24, 30)]
    public void A_session_lives_on_with_use_but_never_past_its_end(SessionKind kind, bool remember, int idleHours, int days)
    {
        var session = Session.Start(AnyMember(), new SignInDevice(null, null), kind, remember, Start);
        var lifetime = SessionLifetime.Of(kind, remember);

        Assert.Equal(Start.AddHours(idleHours), session.ExpiresAt);
        Assert.True(session.IsLive(Start.AddHours(idleHours).AddSeconds(-1)));
        Assert.False(session.IsLive(Start.AddHours(idleHours)));
        Assert.Equal(Start.AddDays(1).AddHours(idleHours), lifetime.Extend(Start, Start.AddDays(1)));
        Assert.Equal(Start.AddDays(days), lifetime.Extend(Start, Start.AddDays(days).AddMinutes(-1)));
    }

    [Fact]
    public void A_refresh_token_survives_its_text_and_nothing_else_does()
    {
        var token = RefreshToken.Issue(SessionId.New());

        Assert.True(RefreshToken.Parse(token.Text)!.Matches(token.Hash));
        Assert.Equal(token.Session, RefreshToken.Parse(token.Text)!.Session);
        Assert.All(
            new[] { null, "", "x", token.Text[..^1], token.Text + "A", token.Text + "=", token.Text.ToUpperInvariant() + "!" },
            text => Assert.Null(RefreshToken.Parse(text))
        );
    }

    [Fact]
    public void A_long_user_agent_is_cut() =>
        Assert.Equal(
            Session.MaxUserAgent,
            Session.Start(AnyMember(), new SignInDevice("::1", new string('x', 5000)), SessionKind.Cookie, false, Start).UserAgent.Length
        );

    private static Member AnyMember() =>
        Member.Register(Username.FromTrusted("ana"), EmailAddress.FromTrusted("ana@example.org"), Role.Member, Start);
}
