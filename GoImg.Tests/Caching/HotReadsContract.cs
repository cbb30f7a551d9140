using GoImg.Infrastructure.Caching;
using GoImg.Tests.Harness;
using GoImg.Tests.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Internal;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Caching;

/// <summary>What hot reads do, with and without something behind them that nodes share.</summary>
public abstract class HotReadsContract : IAsyncDisposable
{
    protected static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(20);

    private readonly List<ServiceProvider> _nodes = [];
    private int _reads;

    /// <summary>At the time of now: an entry's end is compared with the clock of Redis.</summary>
    internal FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected int Reads => _reads;

    [Fact]
    public async Task However_many_ask_one_reads()
    {
        var node = NewNode();
        var release = new TaskCompletionSource();

        var asked = Enumerable.Range(0, 20).Select(_ => AskAsync(node, Guid.Empty, release.Task)).ToList();
        release.SetResult();

        Assert.Equal([1], (await Task.WhenAll(asked)).Distinct());
    }

    [Fact]
    public async Task An_answer_is_at_most_as_old_as_was_said_and_five_seconds_in_the_process()
    {
        var node = NewNode();
        await AskAsync(node, Guid.Empty);
        Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(1, await AskAsync(node, Guid.Empty));

        await ForgetSharedAsync();
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(2, await AskAsync(node, Guid.Empty));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_change_no_one_gets_an_answer_from_before_it(bool isHere)
    {
        var node = NewNode();
        var subject = Guid.CreateVersion7();
        await AskAsync(node, subject);

        if (isHere)
            node.Changes.Note(subject);
        else
            await node.Signals.TellAsync(subject);

        Assert.Equal(2, await AskAsync(node, subject));
        Assert.Equal(2, await AskAsync(node, subject));
    }

    [Fact]
    public async Task A_read_that_is_under_way_at_a_change_is_no_answer_for_who_asks_after_it()
    {
        var node = NewNode();
        var subject = Guid.CreateVersion7();
        var release = new TaskCompletionSource();
        var early = AskAsync(node, subject, release.Task);
        await Eventually.TrueAsync(() => Task.FromResult(Reads == 1));

        node.Changes.Note(subject);
        var late = await AskAsync(node, subject);
        release.SetResult();

        Assert.Equal((1, 2), (await early, late));
        Assert.Equal(2, await AskAsync(node, subject));
    }

    [Fact]
    public async Task After_a_gap_everything_counts_as_changed()
    {
        var node = NewNode();
        await AskAsync(node, Guid.CreateVersion7());
        await AskAsync(node, Guid.Empty);

        node.Signals.Gap();

        Assert.Equal(3, await AskAsync(node, Guid.Empty));
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract IDistributedCache? NewShared();

    protected virtual Task ForgetSharedAsync() => Task.CompletedTask;

    private protected Node NewNode()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddOptions<MemoryCacheOptions>().Configure(options => options.Clock = new FakeClock(Clock));
        services.AddHybridCache();
        if (NewShared() is { } shared)
            services.AddSingleton(shared);
        var provider = services.BuildServiceProvider();
        _nodes.Add(provider);
        var signals = new FakeSignals();
        var changes = new RecentChanges(signals, Clock);
        // Long enough after its start: until then it shares nothing.
        Clock.Advance(TimeSpan.FromMinutes(1));
        return new Node(new HotReads(provider.GetRequiredService<HybridCache>(), changes), changes, signals);
    }

    /// <summary>Answers how many had read before, itself included.</summary>
    private protected Task<int> AskAsync(Node node, Guid subject, Task? until = null) =>
        node
            .Reads.GetAsync(
                $"of:{subject}",
                subject,
                MaxAge,
                async _ =>
                {
                    var read = Interlocked.Increment(ref _reads);
                    await (until ?? Task.CompletedTask);
                    return read;
                },
                Ct
            )
            .AsTask();

    internal sealed record Node(HotReads Reads, RecentChanges Changes, FakeSignals Signals);

    private sealed class FakeClock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}

public sealed class InProcessHotReadsTests : HotReadsContract
{
    protected override IDistributedCache? NewShared() => null;
}

public sealed class RedisHotReadsTests : HotReadsContract, IAsyncLifetime
{
    private RedisServer _server = null!;
    private RedisNode _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _connection = await RedisNode.StartAsync(_server.Address);
    }

    [Fact]
    public async Task What_one_node_read_another_does_not_read()
    {
        var (here, there) = (NewNode(), NewNode());
        await AskAsync(here, Guid.Empty);
        await IsKeptAsync();

        Assert.Equal(1, await AskAsync(there, Guid.Empty));
    }

    [Fact]
    public async Task A_node_that_heard_of_a_change_takes_nothing_from_who_did_not()
    {
        var (here, there) = (NewNode(), NewNode());
        var subject = Guid.CreateVersion7();
        await there.Signals.TellAsync(subject);
        await AskAsync(here, subject);
        await IsKeptAsync();

        Assert.Equal(2, await AskAsync(there, subject));
    }

    [Fact]
    public async Task A_node_that_may_miss_a_change_shares_nothing()
    {
        var (here, there) = (NewNode(), NewNode());
        await AskAsync(here, Guid.Empty);
        await IsKeptAsync();

        there.Signals.AreHeard = false;

        Assert.Equal(2, await AskAsync(there, Guid.Empty));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("\u0003\u0001{}")]
    public async Task A_shared_answer_that_cannot_be_read_is_none(string value)
    {
        await _server.RunAsync("SET", $"test:cache:hot:of:{Guid.Empty}", value);

        Assert.Equal(1, await AskAsync(NewNode(), Guid.Empty));
    }

    [Fact]
    public async Task Without_Redis_each_node_reads_for_itself()
    {
        var node = NewNode();
        await _server.KillAsync();

        Assert.Equal(1, await AskAsync(node, Guid.Empty));
        Assert.Equal(1, await AskAsync(node, Guid.Empty));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    protected override IDistributedCache NewShared() => new RedisCache(_connection.Connection, Clock);

    protected override Task ForgetSharedAsync() => _server.RunAsync("FLUSHALL");

    // The cache writes after it answered.
    private Task IsKeptAsync() => Eventually.TrueAsync(async () => (await _server.RunAsync("KEYS", "test:cache:hot:*")).Length > 0);
}
