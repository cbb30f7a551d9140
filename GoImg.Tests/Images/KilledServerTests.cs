using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;

namespace GoImg.Tests.Images;

/// <summary>The promise behind every "received": it survives kill -9 at any moment, and a polite stop costs no one anything.</summary>
[Trait("Duration", "long")]
public sealed class KilledServerTests
{
    // Every kill ends a process with so many galleries in it, each in the middle of something of its own.
    private const int Galleries = 7;

    private static readonly int KillsOfEach = 6 * Kills.Times;
    private static readonly int StopsOfEach = 2 * Kills.Times;

    private readonly Seed _moments = new("moments of kills and stops");

    [Fact]
    public async Task Killed_again_and_again_while_people_upload_it_loses_nothing_that_it_acknowledged_and_leaves_nothing_over()
    {
        await using var site = await BusySite.StartAsync(Galleries);

        await site.DisturbAsync(
            uploaders: 2,
            async server =>
            {
                for (var kills = 1; kills <= KillsOfEach; kills++)
                {
                    // One in three strikes a server that is only starting: it opens the store, takes over what the one before left.
                    if (kills % 3 == 0)
                        await MomentAsync(50, 2000);
                    else
                        await BusyAsync(site, server);
                    await server.KillAsync();
                    server.Launch();
                    await site.AssertIntactAsync();
                }
            }
        );

        await site.AssertNothingIsLostAsync(atLeast: KillsOfEach);
    }

    [Fact]
    public async Task Stopped_politely_in_turn_while_people_upload_it_spends_no_attempt_and_leaves_no_lease_to_run_out()
    {
        await using var site = await BusySite.StartAsync(galleries: 1, "Jobs:Lease=00:10:00");

        await site.DisturbAsync(
            uploaders: 6,
            async server =>
            {
                for (var stops = 0; stops < StopsOfEach; stops++)
                {
                    await BusyAsync(site, server);
                    await server.SignalAsync("TERM");
                    Assert.Equal(0, await server.WaitForEndAsync());
                    server.Launch();
                }
            }
        );

        await site.AssertNothingIsLostAsync(atLeast: 2 * StopsOfEach);
        Assert.Equal(0, await site.CountJobsAsync("attempts <> 1 OR last_error IS NOT NULL"));
    }

    private async Task BusyAsync(BusySite site, ServerProcess server)
    {
        await site.TakesAsync(server, more: _moments.Next(1, 4));
        await MomentAsync(0, 300);
    }

    private Task MomentAsync(int fromMilliseconds, int toMilliseconds) =>
        Task.Delay(_moments.Next(fromMilliseconds, toMilliseconds), TestContext.Current.CancellationToken);
}
