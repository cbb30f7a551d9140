using GoImg.Web.Ui;

namespace GoImg.Tests.Ui;

public sealed class RelativeTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(20, "just now")]
    [InlineData(61, "1 minute ago")]
    [InlineData(7200, "2 hours ago")]
    [InlineData(6 * 86_400, "6 days ago")]
    [InlineData(8 * 86_400, "2 Mar 2026")]
    [InlineData(-86_400, "11 Mar 2026")]
    public void Recent_things_are_said_by_their_age_and_old_ones_by_their_date(int secondsAgo, string words) =>
        Assert.Equal(words, RelativeTime.Say(Now.AddSeconds(-secondsAgo), Now));
}
