using System.Diagnostics;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>Two server processes with busy galleries, each of which has a node in either.</summary>
public sealed class BusySite : IAsyncDisposable
{
    private readonly BusyGallery[] _galleries;
    private readonly Uri[][] _nodes;
    private readonly ServerProcess[] _servers;

    private BusySite(BusyGallery[] galleries, string[] settings)
    {
        _galleries = galleries;
        _servers = [.. Enumerable.Range(0, 2).Select(_ => new ServerProcess(galleries[0].ConnectionString, galleries[0].DataPath, settings))];
        _nodes =
        [
            [.. _servers.Select(s => s.Address)],
            .. galleries.Skip(1).Select(g => _servers.Select(s => s.AddGallery(g.ConnectionString, g.DataPath, settings)).ToArray()),
        ];
    }

    public static async Task<BusySite> StartAsync(int galleries, params string[] settings)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, galleries).Select(_ => BusyGallery.CreateAsync()));
        var site = new BusySite(all, [.. settings, .. Enumerable.Range(0, 3).Select(i => $"Jobs:RetryDelays:{i}=00:00:01")]);
        await Task.WhenAll(site._servers.Select(s => s.StartAsync()));
        return site;
    }

    /// <summary>Does this to both servers while so many people upload in each gallery.</summary>
    public async Task DisturbAsync(int uploaders, Func<ServerProcess, Task> how)
    {
        using var enough = new CancellationTokenSource();
        var uploading = _galleries.Select((gallery, i) => gallery.UploadAsync(_nodes[i], uploaders, enough.Token)).ToArray();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(_servers.Select(how));
        await enough.CancelAsync();
        var cutOff = await Task.WhenAll(uploading);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{_servers.Sum(TakenBy)} acknowledged and {cutOff.Sum()} cut off in {watch.Elapsed.TotalSeconds:0} s."
        );
    }

    /// <summary>Waits until this server has taken so many more uploads for each of its galleries: one that has only just started is busy with itself.</summary>
    public Task TakesAsync(ServerProcess server, int more)
    {
        var enough = TakenBy(server) + more * _galleries.Length;
        return Eventually.TrueAsync(() => Task.FromResult(TakenBy(server) >= enough), TimeSpan.FromSeconds(60));
    }

    /// <inheritdoc cref="BusyGallery.AssertIntactAsync"/>
    public Task AssertIntactAsync() => Task.WhenAll(_galleries.Select(g => g.AssertIntactAsync()));

    /// <inheritdoc cref="BusyGallery.AssertNothingIsLostAsync"/>
    /// <param name="atLeast">So many of each gallery.</param>
    public async Task AssertNothingIsLostAsync(int atLeast)
    {
        var acknowledged = await Task.WhenAll(_galleries.Select(g => g.AssertNothingIsLostAsync()));
        Assert.All(
            acknowledged,
            count => Assert.True(count > atLeast, $"Only {count} uploads of a gallery were acknowledged: the test did not test.")
        );
    }

    public async Task<long> CountJobsAsync(string where) => (await Task.WhenAll(_galleries.Select(g => g.CountJobsAsync(where)))).Sum();

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            server.Dispose();
        foreach (var gallery in _galleries)
            await gallery.DisposeAsync();
    }

    private int TakenBy(ServerProcess server) => _galleries.Select((gallery, i) => gallery.TakenBy(_nodes[i][Array.IndexOf(_servers, server)])).Sum();
}
