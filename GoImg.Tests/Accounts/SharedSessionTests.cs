using GoImg.Core.Accounts;
using GoImg.Infrastructure.Accounts;
using GoImg.Infrastructure.Caching;
using GoImg.Tests.Caching;
using GoImg.Tests.Harness;
using GoImg.Tests.Redis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Accounts;

/// <summary>What nodes tell each other of sessions: never more than the row said, and never after they heard that it says something else.</summary>
public abstract class SharedSessionContract
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly EphemeralDataProtectionProvider _keys = new();
    private int _reads;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected LiveSession Ana { get; } = SessionOf("ana");

    protected abstract IDistributedCache Cache { get; }

    [Fact]
    public async Task A_session_that_one_node_read_another_takes_from_it()
    {
        var (here, there) = (NewNode(), NewNode());
        await FindAsync(here, Ana);

        Assert.Equal(Ana, await FindAsync(there, null));
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task A_session_that_ended_is_kept_by_no_one()
    {
        var node = NewNode();

        Assert.Null(await FindAsync(node, null));
        Assert.Equal(Ana, await FindAsync(node, Ana));
    }

    [Fact]
    public async Task Who_heard_of_an_end_asks_the_row()
    {
        var (here, there) = (NewNode(), NewNode());
        await FindAsync(here, Ana);

        await there.Signals.TellAsync(Ana.MemberId.Value);

        Assert.Null(await FindAsync(there, null));
        Assert.Equal(Ana, await FindAsync(here, null));
    }

    [Fact]
    public async Task Who_may_have_missed_an_end_asks_the_row_and_keeps_nothing()
    {
        var (here, there) = (NewNode(), NewNode());
        await FindAsync(here, Ana);
        there.Signals.AreHeard = false;
        Assert.Null(await FindAsync(there, null));

        there.Signals.Gap();
        there.Signals.AreHeard = true;

        Assert.Null(await FindAsync(there, null));
    }

    [Fact]
    public async Task A_row_that_was_read_before_an_end_is_not_kept_after_it()
    {
        var (here, there) = (NewNode(), NewNode());

        await here.Cache.FindAsync(
            Ana.Id,
            async _ =>
            {
                await here.Signals.TellAsync(Ana.MemberId.Value);
                return Ana;
            },
            Ct
        );

        Assert.Null(await FindAsync(there, null));
    }

    [Fact]
    public async Task No_node_is_behind_the_row_for_more_than_five_seconds_whatever_it_missed()
    {
        var (here, there) = (NewNode(), NewNode());
        await FindAsync(here, Ana);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(await FindAsync(there, null));
    }

    [Fact]
    public async Task The_entry_of_another_session_is_none()
    {
        var node = NewNode();
        var bob = SessionOf("bob");
        await FindAsync(node, Ana);
        var entry = await Cache.GetAsync($"session:{Ana.Id}", Ct);

        await Cache.SetAsync($"session:{bob.Id}", entry!, new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1) }, Ct);

        Assert.Null(await node.Cache.FindAsync(bob.Id, _ => ValueTask.FromResult<LiveSession?>(null), Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"session\":null}")]
    public async Task An_entry_that_no_node_wrote_is_none(string entry)
    {
        await Cache.SetAsync(
            $"session:{Ana.Id}",
            System.Text.Encoding.UTF8.GetBytes(entry),
            new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1) },
            Ct
        );

        Assert.Null(await FindAsync(NewNode(), null));
    }

    [Fact]
    public async Task Who_reads_the_cache_learns_no_name()
    {
        await FindAsync(NewNode(), Ana);

        var entry = (await Cache.GetAsync($"session:{Ana.Id}", Ct))!;

        Assert.DoesNotContain("ana", System.Text.Encoding.Latin1.GetString(entry), StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="row">What the row says.</param>
    private Task<LiveSession?> FindAsync(Node node, LiveSession? row) =>
        node
            .Cache.FindAsync(
                Ana.Id,
                _ =>
                {
                    _reads++;
                    return ValueTask.FromResult(row);
                },
                Ct
            )
            .AsTask();

    private Node NewNode()
    {
        var signals = new FakeSignals();
        var node = new Node(new SharedSessionCache(Cache, new RecentChanges(signals, _clock), _keys, _clock), signals);
        // Long enough after its start: until then it takes nothing from others.
        _clock.Advance(TimeSpan.FromMinutes(1));
        return node;
    }

    private static LiveSession SessionOf(string name) =>
        new(
            SessionId.New(),
            MemberId.New(),
            name,
            name.ToUpperInvariant() + " 🗝",
            Role.Moderator,
            SessionKind.Api,
            true,
            TimeProvider.System.GetUtcNow(),
            TimeProvider.System.GetUtcNow(),
            TimeProvider.System.GetUtcNow().AddDays(1)
        );

    private sealed record Node(SharedSessionCache Cache, FakeSignals Signals);
}

public sealed class InProcessSharedSessionTests : SharedSessionContract
{
    protected override IDistributedCache Cache { get; } = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
}

public sealed class RedisSharedSessionTests : SharedSessionContract, IAsyncLifetime
{
    private RedisServer _server = null!;
    private RedisNode _node = null!;

    protected override IDistributedCache Cache => new RedisCache(_node.Connection, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _node = await RedisNode.StartAsync(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _server.DisposeAsync();
    }
}
