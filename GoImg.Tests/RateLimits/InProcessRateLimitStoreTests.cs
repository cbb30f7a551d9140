using GoImg.Core.RateLimits;
using GoImg.Infrastructure.RateLimits;

namespace GoImg.Tests.RateLimits;

public sealed class InProcessRateLimitStoreTests
{
    private static readonly RateLimit FivePerMinute = new(5, TimeSpan.FromMinutes(1));

    private readonly Clock _clock = new();

    [Fact]
    public async Task The_sixth_of_five_is_refused_and_told_when_to_come_back()
    {
        var counter = new InProcessRateLimitStore(_clock);
        for (var i = 0; i < 5; i++)
            Assert.True((await TakeAsync(counter, "ana")).IsAllowed);

        var sixth = await TakeAsync(counter, "ana");
        _clock.Now += sixth.RetryAfter;
        var later = await TakeAsync(counter, "ana");

        Assert.False(sixth.IsAllowed);
        Assert.Equal(0, sixth.Remaining);
        Assert.InRange(sixth.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Assert.True(later.IsAllowed);
    }

    [Fact]
    public async Task Asking_what_is_left_uses_nothing_up()
    {
        var counter = new InProcessRateLimitStore(_clock);
        async Task<int> LeftAsync() => await counter.CountLeftAsync(RateLimitedAction.Comment, "bob", FivePerMinute, CancellationToken.None);

        Assert.Equal(5, await LeftAsync());
        await counter.TakeAsync(RateLimitedAction.Comment, "bob", FivePerMinute, CancellationToken.None);
        Assert.Equal(4, await LeftAsync());
        Assert.Equal(4, await LeftAsync());
        _clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(5, await LeftAsync());
    }

    [Fact]
    public async Task Two_bursts_around_the_edge_of_a_minute_are_not_twice_the_limit()
    {
        var counter = new InProcessRateLimitStore(_clock);
        _clock.Now = new DateTimeOffset(2030, 1, 1, 0, 0, 59, TimeSpan.Zero);
        for (var i = 0; i < 5; i++)
            await TakeAsync(counter, "ana");

        _clock.Now += TimeSpan.FromSeconds(2);

        Assert.False((await TakeAsync(counter, "ana")).IsAllowed);
    }

    [Fact]
    public async Task Each_is_counted_apart_and_each_use_too()
    {
        var counter = new InProcessRateLimitStore(_clock);
        for (var i = 0; i < 6; i++)
            await TakeAsync(counter, "ana");

        Assert.True((await TakeAsync(counter, "bob")).IsAllowed);
        Assert.True((await counter.TakeAsync(RateLimitedAction.Report, "ana", FivePerMinute, CancellationToken.None)).IsAllowed);
    }

    [Fact]
    public async Task Parallel_tries_do_not_share_a_place()
    {
        var counter = new InProcessRateLimitStore(_clock);

        var counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => TakeAsync(counter, "ana").AsTask())));

        Assert.Equal(5, counts.Count(c => c.IsAllowed));
    }

    [Fact]
    public async Task Addresses_without_number_do_not_take_memory_without_end()
    {
        var counter = new InProcessRateLimitStore(_clock);

        for (var i = 0; i < 250_000; i++)
            await TakeAsync(counter, $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}");

        Assert.InRange(counter.Counted, 1, InProcessRateLimitStore.Capacity);
    }

    private static ValueTask<RateLimitLease> TakeAsync(InProcessRateLimitStore counter, string who) =>
        counter.TakeAsync(RateLimitedAction.Comment, who, FivePerMinute, CancellationToken.None);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
