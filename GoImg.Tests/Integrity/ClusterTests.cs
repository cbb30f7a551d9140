using System.Net.Http.Headers;
using GoImg.Tests.Harness;
using GoImg.Tests.Storage.S3;

namespace GoImg.Tests.Integrity;

/// <summary>Two nodes that serve and two that work, each a process with a disk of its own, behind nginx, over PostgreSQL, Redis and a bucket of OpenStack Swift:
/// what of it can be killed is killed once while people upload.</summary>
[Trait("Duration", "long")]
public sealed class ClusterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_part_killed_once_under_load_loses_nothing_signs_nobody_out_and_shows_no_stranger_anything()
    {
        var bucket = await SwiftServer.NewPlaceAsync();
        await using var redis = await RedisServer.StartAsync();
        string[] shared = [.. S3Stores.Settings(bucket), redis.Setting, "DataProtection:Passphrase=a passphrase of all the nodes"];
        await using var gallery = await BusyGallery.CreateAsync(shared);
        using var disks = new TempDirectory();
        ServerProcess[] serving = [Node("web1", "web"), Node("web2", "web")];
        ServerProcess[] working = [Node("worker1", "worker"), Node("worker2", "worker")];
        ServerProcess[] nodes = [.. serving, .. working];
        try
        {
            await Task.WhenAll(nodes.Select(node => node.StartAsync()));
            await using var nginx = await NginxProxy.StartAsync(serving[0].Address, serving[1].Address);
            var secret = await (await gallery.Witness.SignUpAsync("ben")).UploadAsync(Pictures.Png(9_000));
            using var ana = await UploadingApi.SignInAsync(gallery.Witness.Address);
            using var enough = new CancellationTokenSource();
            var uploading = gallery.UploadAsync([nginx.Address], uploaders: 3, enough.Token);
            var signedIn = WatchAsync(nginx.Address, "/api/v1/users/me", ana.Token, enough.Token);
            var stranger = WatchAsync(nginx.Address, $"/api/v1/images/{secret.Value().ImageId}/variants/small", ana.Token, enough.Token);

            foreach (var node in nodes)
            {
                await TakesMoreAsync();
                await node.KillAsync();
                await TakesMoreAsync();
                await node.StartAsync();
            }

            await redis.KillAsync();
            await TakesMoreAsync();
            await redis.StartAgainAsync();
            await TakesMoreAsync();
            await nginx.KillAndStartAgainAsync();
            await TakesMoreAsync();
            await enough.CancelAsync();
            await uploading;

            Assert.DoesNotContain(HttpStatusCode.Unauthorized, await signedIn);
            Assert.Contains(HttpStatusCode.OK, await signedIn);
            Assert.Equal(HttpStatusCode.NotFound, Assert.Single(await stranger, status => (int)status < 500));
            await gallery.AssertNothingIsLostAsync();

            Task TakesMoreAsync()
            {
                var before = gallery.TakenBy(nginx.Address);
                return Eventually.TrueAsync(() => Task.FromResult(gallery.TakenBy(nginx.Address) > before + 2), TimeSpan.FromSeconds(60));
            }
        }
        finally
        {
            foreach (var node in nodes)
                node.Dispose();
        }

        ServerProcess Node(string name, string role) =>
            new(
                gallery.ConnectionString,
                Directory.CreateDirectory(disks[name]).FullName,
                [
                    .. shared,
                    $"Node:Role={role}",
                    "Network:TrustedProxies=127.0.0.1",
                    .. Enumerable.Range(0, 3).Select(i => $"Jobs:RetryDelays:{i}=00:00:01"),
                ]
            );
    }

    /// <summary>Asks again and again; the different answers there were.</summary>
    private static async Task<IReadOnlySet<HttpStatusCode>> WatchAsync(Uri site, string path, string token, CancellationToken enough)
    {
        using var http = new HttpClient { BaseAddress = site };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var seen = new HashSet<HttpStatusCode>();
        while (!enough.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync(path, Stop);
                seen.Add(answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                // nobody was there to answer
            }

            await Task.Delay(20, CancellationToken.None);
        }

        return seen;
    }
}
