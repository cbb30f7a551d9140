using GoImg.Core.RateLimits;
using GoImg.Infrastructure.RateLimits;
using GoImg.Tests.Harness;
using GoImg.Tests.Redis;

namespace GoImg.Tests.RateLimits;

public sealed class RedisRateLimitStoreTests : RateLimitStoreContract, IAsyncLifetime
{
    private static readonly RateLimit TenPerMinute = new(10, TimeSpan.FromMinutes(1));

    private RedisServer _server = null!;
    private RedisNode _here = null!;

    // Each try by a node that has counted nothing itself: what Redis says alone.
    protected override IRateLimitStore Store => StoreOf(_here);

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _here = await RedisNode.StartAsync(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task All_nodes_together_allow_exactly_the_limit()
    {
        await using var there = await RedisNode.StartAsync(_server.Address);
        RedisRateLimitStore[] nodes = [StoreOf(_here), StoreOf(there)];

        var leases = await AtOnce.RunAsync(40, i => TenAsync(nodes[i % 2], "ana"));

        Assert.Equal(10, leases.Count(lease => lease.IsAllowed));
        Assert.Equal(0, await nodes[1].CountLeftAsync(RateLimitedAction.SignIn, "ana", TenPerMinute, CancellationToken.None));
    }

    [Fact]
    public async Task Nodes_whose_clocks_differ_count_alike()
    {
        await using var there = await RedisNode.StartAsync(_server.Address);
        var slow = new MovedClock { Now = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(5) };
        var (right, wrong) = (
            new RedisRateLimitStore(_here.Connection, new(TimeProvider.System)),
            new RedisRateLimitStore(there.Connection, new(slow))
        );

        for (var i = 0; i < 5; i++)
            Assert.True((await TenAsync(right, "ana")).IsAllowed && (await TenAsync(wrong, "ana")).IsAllowed);

        Assert.False((await TenAsync(right, "ana")).IsAllowed);
        Assert.False((await TenAsync(wrong, "ana")).IsAllowed);
    }

    [Fact]
    public async Task While_Redis_is_away_each_node_limits_by_its_own_count_and_goes_on_from_what_it_allowed()
    {
        var node = StoreOf(_here);
        for (var i = 0; i < 7; i++)
            await TenAsync(node, "ana");

        await _server.KillAsync();
        await _here.IsUpAsync(false);

        Assert.Equal(3, await node.CountLeftAsync(RateLimitedAction.SignIn, "ana", TenPerMinute, CancellationToken.None));
        for (var i = 0; i < 3; i++)
            Assert.True((await TenAsync(node, "ana")).IsAllowed);
        Assert.False((await TenAsync(node, "ana")).IsAllowed);
    }

    [Fact]
    public async Task A_node_knows_what_Redis_forgot()
    {
        var node = StoreOf(_here);
        for (var i = 0; i < 10; i++)
            await TenAsync(node, "ana");

        await _server.RunAsync("FLUSHALL");

        Assert.False((await TenAsync(node, "ana")).IsAllowed);
        Assert.Equal(0, await node.CountLeftAsync(RateLimitedAction.SignIn, "ana", TenPerMinute, CancellationToken.None));
    }

    [Fact]
    public async Task What_another_node_used_up_costs_a_node_nothing_of_its_own_count()
    {
        var (here, there) = (StoreOf(_here), StoreOf(_here));
        for (var i = 0; i < 10; i++)
            await TenAsync(here, "ana");
        for (var i = 0; i < 20; i++)
            Assert.False((await TenAsync(there, "ana")).IsAllowed);

        Clock.Now += TimeSpan.FromMinutes(1.5);

        // Half of the ten slid out; a refused try was counted nowhere.
        Assert.Equal(5, await there.CountLeftAsync(RateLimitedAction.SignIn, "ana", TenPerMinute, CancellationToken.None));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1 2")]
    [InlineData("")]
    public async Task A_count_that_cannot_be_read_is_none(string value)
    {
        await _server.RunAsync("SET", "test:limit:Comment:ana", value);

        Assert.Equal(4, (await TakeAsync("ana")).Remaining);
    }

    [Fact]
    public async Task A_value_of_another_type_under_its_key_leaves_the_nodes_own_count()
    {
        await _server.RunAsync("HSET", "test:limit:Comment:ana", "a", "b");

        Assert.Equal(4, (await TakeAsync("ana")).Remaining);
    }

    [Fact]
    public async Task The_script_is_known_again_after_Redis_forgot_it()
    {
        await TakeAsync("ana");
        await _server.RunAsync("SCRIPT", "FLUSH");

        await TakeAsync("ana");

        await using var there = await RedisNode.StartAsync(_server.Address);
        Assert.Equal(
            3,
            await StoreOf(there).CountLeftAsync(RateLimitedAction.Comment, "ana", new(5, TimeSpan.FromMinutes(1)), CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_count_is_gone_from_Redis_when_it_counts_for_nothing()
    {
        await TakeAsync("ana");

        Assert.InRange(
            int.Parse(await _server.RunAsync("PTTL", "test:limit:Comment:ana"), System.Globalization.CultureInfo.InvariantCulture),
            1,
            120_000
        );
    }

    private RedisRateLimitStore StoreOf(RedisNode node) => new(node.Connection, new(Clock)) { Clock = Clock };

    private static async Task<RateLimitLease> TenAsync(RedisRateLimitStore store, string who) =>
        await store.TakeAsync(RateLimitedAction.SignIn, who, TenPerMinute, CancellationToken.None);
}
