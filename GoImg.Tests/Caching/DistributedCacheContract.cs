using GoImg.Infrastructure.Caching;
using GoImg.Tests.Harness;
using GoImg.Tests.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace GoImg.Tests.Caching;

/// <summary>What a cache behind <see cref="IDistributedCache"/> does, in this process or in Redis.</summary>
public abstract class DistributedCacheContract
{
    protected static readonly byte[] Bytes = [0, 255, 13, 10, 0];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IDistributedCache Cache { get; }

    [Fact]
    public async Task What_was_set_is_got_until_it_is_removed()
    {
        await Cache.SetAsync("a", Bytes, For(TimeSpan.FromMinutes(1)), Ct);
        Assert.Equal(Bytes, await Cache.GetAsync("a", Ct));

        await Cache.RemoveAsync("a", Ct);

        Assert.Null(await Cache.GetAsync("a", Ct));
    }

    [Fact]
    public async Task What_was_never_set_is_a_miss_and_removing_it_is_no_error()
    {
        await Cache.RemoveAsync("nothing", Ct);

        Assert.Null(await Cache.GetAsync("nothing", Ct));
    }

    [Fact]
    public async Task The_later_value_is_got()
    {
        await Cache.SetAsync("a", [1], For(TimeSpan.FromMinutes(1)), Ct);
        await Cache.SetAsync("a", [], For(TimeSpan.FromMinutes(1)), Ct);

        var value = await Cache.GetAsync("a", Ct);
        Assert.NotNull(value);
        Assert.Empty(value);
    }

    [Fact]
    public async Task A_value_is_gone_when_its_time_is_over()
    {
        await Cache.SetAsync("a", Bytes, For(TimeSpan.FromMilliseconds(100)), Ct);

        await Eventually.TrueAsync(async () => await Cache.GetAsync("a", Ct) is null);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("ключ 🗝")]
    [InlineData("a:*?[b]")]
    public async Task Any_text_is_a_key_of_its_own(string key)
    {
        await Cache.SetAsync(key, Bytes, For(TimeSpan.FromMinutes(1)), Ct);

        Assert.Equal(Bytes, await Cache.GetAsync(key, Ct));
        Assert.Null(await Cache.GetAsync("a", Ct));
    }

    protected static DistributedCacheEntryOptions For(TimeSpan time) => new() { AbsoluteExpirationRelativeToNow = time };
}

public sealed class InProcessCacheTests : DistributedCacheContract
{
    protected override IDistributedCache Cache { get; } = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
}

public sealed class RedisCacheTests : DistributedCacheContract, IAsyncLifetime
{
    private RedisServer _server = null!;
    private RedisNode _node = null!;
    private RedisCache _cache = null!;

    protected override IDistributedCache Cache => _cache;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _node = await RedisNode.StartAsync(_server.Address);
        _cache = new(_node.Connection, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Sites_with_other_prefixes_do_not_meet()
    {
        await using var other = await RedisNode.StartAsync(_server.Address, "other:");

        await Cache.SetAsync("a", Bytes, For(TimeSpan.FromMinutes(1)), Ct);

        Assert.Null(await new RedisCache(other.Connection, TimeProvider.System).GetAsync("a", Ct));
        Assert.Equal("test:cache:a", await _server.RunAsync("KEYS", "*:cache:*"));
    }

    [Fact]
    public async Task Nothing_stays_for_ever()
    {
        await Cache.SetAsync("a", Bytes, new DistributedCacheEntryOptions(), Ct);
        await Cache.SetAsync("b", Bytes, For(TimeSpan.FromDays(300)), Ct);

        foreach (var key in (string[])["a", "b"])
            Assert.InRange(int.Parse(await _server.RunAsync("TTL", "test:cache:" + key), System.Globalization.CultureInfo.InvariantCulture), 1, 3600);
    }

    [Fact]
    public async Task A_value_of_another_type_is_a_miss()
    {
        await _server.RunAsync("HSET", "test:cache:a", "b", "c");

        Assert.Null(await Cache.GetAsync("a", Ct));
    }

    [Fact]
    public async Task Without_Redis_everything_is_a_miss_and_nothing_is_an_error()
    {
        await Cache.SetAsync("a", Bytes, For(TimeSpan.FromMinutes(1)), Ct);
        await _server.KillAsync();

        Assert.Null(await Cache.GetAsync("a", Ct));
        await Cache.SetAsync("a", Bytes, For(TimeSpan.FromMinutes(1)), Ct);
        await Cache.RemoveAsync("a", Ct);
    }
}
