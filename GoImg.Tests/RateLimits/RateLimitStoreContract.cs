using GoImg.Core.RateLimits;

namespace GoImg.Tests.RateLimits;

/// <summary>What every store of limits does, to the microsecond alike. A store's own test class inherits this and adds what only it can get wrong.</summary>
public abstract class RateLimitStoreContract
{
    private static readonly RateLimit FivePerMinute = new(5, TimeSpan.FromMinutes(1));

    internal MovedClock Clock { get; } = new();

    protected abstract IRateLimitStore Store { get; }

    [Fact]
    public async Task The_sixth_of_five_is_refused_and_told_when_to_come_back()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal((true, 4 - i), Of(await TakeAsync("ana")));

        var sixth = await TakeAsync("ana");
        Clock.Now += sixth.RetryAfter - TimeSpan.FromMilliseconds(1);
        var early = await TakeAsync("ana");
        Clock.Now += TimeSpan.FromMilliseconds(1);
        var later = await TakeAsync("ana");

        Assert.Equal((false, 0), Of(sixth));
        Assert.Equal((5, TimeSpan.FromMinutes(1)), (sixth.Limit, sixth.ResetsIn));
        Assert.InRange(sixth.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Assert.Equal((false, true), (early.IsAllowed, later.IsAllowed));

        static (bool, int) Of(RateLimitLease lease) => (lease.IsAllowed, lease.Remaining);
    }

    [Fact]
    public async Task Asking_what_is_left_uses_nothing_up()
    {
        Assert.Equal(5, await LeftAsync("bob"));
        await TakeAsync("bob");
        Assert.Equal(4, await LeftAsync("bob"));
        Assert.Equal(4, await LeftAsync("bob"));
        Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(5, await LeftAsync("bob"));
    }

    [Fact]
    public async Task A_refused_try_costs_nothing()
    {
        for (var i = 0; i < 50; i++)
            await TakeAsync("ana");

        Clock.Now += TimeSpan.FromSeconds(90);

        // Half of the five of the first minute count still: of fifty, none would be allowed.
        Assert.Equal(2, await LeftAsync("ana"));
    }

    [Fact]
    public async Task Two_bursts_around_the_edge_of_a_minute_are_not_twice_the_limit()
    {
        Clock.Now = new DateTimeOffset(2030, 1, 1, 0, 0, 59, TimeSpan.Zero);
        for (var i = 0; i < 5; i++)
            await TakeAsync("ana");

        Clock.Now += TimeSpan.FromSeconds(2);

        Assert.False((await TakeAsync("ana")).IsAllowed);
    }

    [Fact]
    public async Task What_is_two_windows_ago_counts_no_more()
    {
        for (var i = 0; i < 5; i++)
            await TakeAsync("ana");

        Clock.Now += TimeSpan.FromMinutes(2);

        Assert.Equal(5, await LeftAsync("ana"));
        Assert.True((await TakeAsync("ana")).IsAllowed);
    }

    [Fact]
    public async Task Each_is_counted_apart_and_each_use_too()
    {
        for (var i = 0; i < 6; i++)
            await TakeAsync("ana");

        Assert.True((await TakeAsync("bob")).IsAllowed);
        Assert.True((await Store.TakeAsync(RateLimitedAction.Report, "ana", FivePerMinute, CancellationToken.None)).IsAllowed);
    }

    [Fact]
    public async Task Parallel_tries_do_not_share_a_place()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => TakeAsync("ana").AsTask())));

        Assert.Equal(5, counts.Count(c => c.IsAllowed));
    }

    /// <summary>The same tries at the same moments get the same leases from a store in the process.</summary>
    [Fact]
    public async Task Every_number_is_that_of_the_store_in_the_process()
    {
        var twin = new GoImg.Infrastructure.RateLimits.InProcessRateLimitStore(Clock);
        RateLimit[] limits = [new(3, TimeSpan.FromSeconds(10)), new(7, TimeSpan.FromMinutes(10)), new(2, TimeSpan.FromDays(1))];
        foreach (var (limit, index) in limits.Select((limit, index) => (limit, index)))
        {
            for (var i = 0; i < 40; i++)
            {
                // Of no common measure with the windows, in the microseconds of Redis.
                Clock.Now += TimeSpan.FromMicroseconds(Math.Floor(limit.Window.TotalMicroseconds / 7) * (i % 3) + 1_234_567);
                var expected = await twin.TakeAsync(RateLimitedAction.Comment, $"of {index}", limit, CancellationToken.None);

                Assert.Equal(
                    expected,
                    Rounded(await Store.TakeAsync(RateLimitedAction.Comment, $"of {index}", limit, CancellationToken.None), expected)
                );
            }
        }
    }

    protected ValueTask<RateLimitLease> TakeAsync(string who) =>
        Store.TakeAsync(RateLimitedAction.Comment, who, FivePerMinute, CancellationToken.None);

    protected ValueTask<int> LeftAsync(string who) => Store.CountLeftAsync(RateLimitedAction.Comment, who, FivePerMinute, CancellationToken.None);

    // A microsecond is as exact as Redis is.
    private static RateLimitLease Rounded(RateLimitLease lease, RateLimitLease expected) =>
        (lease.RetryAfter - expected.RetryAfter).Duration() <= TimeSpan.FromMicroseconds(1) ? lease with { RetryAfter = expected.RetryAfter } : lease;

    internal sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
