using GoImg.Infrastructure.Redis;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Redis;

public sealed class RedisConnectionTests
{
    private static readonly TimeSpan MostPatience = TimeSpan.FromMilliseconds(250);

    [Fact]
    public void No_one_waits_for_Redis_longer_than_a_quarter_of_a_second() => Assert.True(RedisConnection.Patience < MostPatience);

    [Fact]
    public async Task A_start_without_Redis_is_no_error_and_it_is_found_when_it_comes()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var node = await RedisNode.StartAsync(server.Address, isUp: false);
        Assert.False((await AskAsync(node)).IsAnswered);

        await server.StartAgainAsync();

        await node.IsUpAsync();
        Assert.True((await AskAsync(node)).IsAnswered);
    }

    [Fact]
    public async Task A_paused_server_is_asked_no_more_until_it_answers_again_and_the_log_says_each_once()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await RedisNode.StartAsync(server.Address, inHurry: true);
        await server.PauseAsync();
        for (var i = 0; i < 5; i++)
            Assert.False((await AskAsync(node)).IsAnswered);

        Assert.False(node.Connection.IsUp);
        await server.ContinueAsync();

        await node.IsUpAsync();
        // A busy machine may have changed its mind more often, and told of each.
        var said = node.Log.Lines.Where(line => line.Contains("Redis", StringComparison.Ordinal)).ToList();
        Assert.InRange(said.Count, 3, int.MaxValue);
        Assert.DoesNotContain(said.Zip(said.Skip(1)), pair => pair.First == pair.Second);
    }

    [Fact]
    public async Task A_server_that_takes_half_a_second_is_one_that_is_away()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await RedisNode.StartAsync(server.Address, inHurry: true);

        server.Delay = TimeSpan.FromMilliseconds(500);
        await node.IsUpAsync(false);
        Assert.False((await AskAsync(node)).IsAnswered);
        server.Delay = TimeSpan.Zero;

        await node.IsUpAsync();
    }

    [Fact]
    public async Task Nothing_asked_while_Redis_was_away_is_done_when_it_is_back()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await RedisNode.StartAsync(server.Address);
        await server.KillAsync();
        for (var i = 0; i < 5; i++)
            Assert.False((await node.Connection.TryAsync(db => db.StringSetAsync("late", "1"))).IsAnswered);

        await server.StartAgainAsync();
        await node.IsUpAsync();

        Assert.Equal("0", await server.RunAsync("EXISTS", "late"));
    }

    [Fact]
    public async Task A_full_server_is_one_that_is_away()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await RedisNode.StartAsync(server.Address);

        await server.RunAsync("CONFIG", "SET", "maxmemory", "1");
        await node.IsUpAsync(false);
        await server.RunAsync("CONFIG", "SET", "maxmemory", "0");

        await node.IsUpAsync();
    }

    [Fact]
    public async Task Password_database_and_prefix_are_those_of_the_settings()
    {
        await using var server = await RedisServer.StartAsync("--requirepass", "herons cross");
        await using var stranger = await RedisNode.StartAsync(server.Address, isUp: false);
        await using var node = await RedisNode.StartAsync($"{server.Address},password=herons cross,defaultDatabase=3", "site-a:");

        Assert.True((await node.Connection.TryAsync(db => db.StringSetAsync(node.Connection.Key("x"), "1"))).IsAnswered);

        Assert.Equal("1", await server.RunAsync("--no-auth-warning", "-a", "herons cross", "-n", "3", "EXISTS", "site-a:x"));
        Assert.False(await stranger.Connection.ProbeAsync(TestContext.Current.CancellationToken));
    }

    private static ValueTask<RedisReply<bool>> AskAsync(RedisNode node) => node.Connection.TryAsync(db => db.StringSetAsync("x", "1"));
}
