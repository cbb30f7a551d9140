using System.Collections.Concurrent;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Tests.Harness;
using GoImg.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.LiveUpdates;

public sealed class RedisLiveUpdatesTests : LiveUpdatesContract, IAsyncLifetime
{
    private RedisServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_change_goes_through_Redis_alone_while_it_answers()
    {
        await using var here = await StartAsync();
        var (owner, heard, byDatabase) = (MemberId.New(), new ConcurrentQueue<LiveUpdate>(), new ConcurrentQueue<string?>());
        using var listening = here.Services.GetRequiredService<ILiveUpdates>().Subscribe(owner, heard.Enqueue);
        using var beside = here.Services.GetRequiredService<PostgresSignals>().Subscribe(PostgresSignals.Changes, byDatabase.Enqueue);

        await PublishAsync(here, new LiveUpdate(owner, "image", ImageId.New().Value));
        await Eventually.TrueAsync(() => Task.FromResult(!heard.IsEmpty));

        // What the database was told before this would have come before it.
        await here.Services.GetRequiredService<PostgresSignals>().SendAsync(PostgresSignals.Changes, "end", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Task.FromResult(byDatabase.Contains("end")));
        Assert.Equal(["end"], byDatabase);
    }

    [Theory]
    [InlineData("killed")]
    [InlineData("paused")]
    [InlineData("slow")]
    public async Task Whatever_happens_to_Redis_a_change_is_heard(string fault)
    {
        await using var here = await StartAsync(null, inHurry: true);
        await using var there = await StartAsync(here.ConnectionString, inHurry: true);
        var (owner, heard) = (MemberId.New(), new ConcurrentQueue<LiveUpdate>());
        using var listening = there.Services.GetRequiredService<ILiveUpdates>().Subscribe(owner, heard.Enqueue);
        switch (fault)
        {
            case "killed":
                await _server.KillAsync();
                break;
            case "paused":
                await _server.PauseAsync();
                break;
            default:
                _server.Delay = TimeSpan.FromMilliseconds(500);
                break;
        }

        // The first ones before anyone knows.
        for (var i = 0; i < 5; i++)
        {
            var change = new LiveUpdate(owner, "image", ImageId.New().Value);
            await PublishAsync(here, change);
            await Eventually.TrueAsync(() => Task.FromResult(heard.Contains(change)));
        }

        await HearsAsync(there, false);
    }

    [Fact]
    public async Task After_a_gap_everything_counts_as_changed_before_the_signals_are_trusted_again()
    {
        await using var node = await StartAsync(null, inHurry: true);
        var signals = node.Services.GetRequiredService<IChangeSignals>();
        var trusted = new ConcurrentQueue<bool>();
        using var listening = signals.Subscribe(payload =>
        {
            if (payload is null)
                trusted.Enqueue(signals.AreHeard);
        });
        await _server.KillAsync();
        await HearsAsync(node, false);

        await _server.StartAgainAsync();
        await HearsAsync(node);

        Assert.NotEmpty(trusted);
        Assert.DoesNotContain(true, trusted);
    }

    [Fact]
    public async Task A_node_that_may_hear_no_channel_takes_its_signals_from_the_database_and_says_so_once()
    {
        await _server.RunAsync("ACL", "SETUSER", "default", "resetchannels");
        var log = new LogLines();
        await using var node = await Worker.StartAsync(redis: _server.Address, log: log);
        var (owner, heard) = (MemberId.New(), new ConcurrentQueue<LiveUpdate>());
        using var listening = node.Services.GetRequiredService<ILiveUpdates>().Subscribe(owner, heard.Enqueue);
        await Eventually.TrueAsync(() => Task.FromResult(log.Contains("lets this node hear no channel")));

        await Eventually.TrueAsync(async () =>
        {
            await PublishAsync(node, new LiveUpdate(owner, "image", ImageId.New().Value));
            return !heard.IsEmpty;
        });

        Assert.False(node.Services.GetRequiredService<IChangeSignals>().AreHeard);
        Assert.Equal(1, log.Count("lets this node hear no channel"));
        await _server.RunAsync("ACL", "SETUSER", "default", "allchannels");
        await HearsAsync(node);
    }

    [Fact]
    public async Task An_account_with_the_rights_that_the_documentation_names_is_enough()
    {
        await _server.RunAsync(["ACL", "SETUSER", "goimg", "on", ">herons", .. "~goimg:* &goimg:* +@all -@admin -@dangerous +info".Split(' ')]);
        await _server.RunAsync("ACL", "SETUSER", "default", "off");

        await using var node = await Worker.StartAsync(redis: _server.Address + ",user=goimg,password=herons");

        await HearsAsync(node);
    }

    protected override Task<Worker> StartAsync(string? connectionString = null) => StartAsync(connectionString, inHurry: false);

    private async Task<Worker> StartAsync(string? connectionString, bool inHurry)
    {
        var worker = await Worker.StartAsync(connectionString: connectionString, redis: _server.Address, patientRedis: !inHurry);
        await HearsAsync(worker);
        return worker;
    }
}
