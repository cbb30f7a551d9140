using System.Security.Cryptography;
using GoImg.Core.Images;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Uploads;

/// <summary>tus-js-client as it comes from npm knows nothing of GoImg, and everything works.</summary>
[Trait("Duration", "long")]
public sealed class TusJsClientTests
{
    [Fact]
    public async Task It_uploads_pauses_goes_on_and_sends_several_files_at_once()
    {
        await using var world = await World.StartAsync();
        var files = Enumerable.Range(1, 5).Select(seed => world.File(seed, 300_000)).ToArray();

        var paused = await TusJsClient.RunAsync(
            new
            {
                endpoint = world.Endpoint(),
                token = world.Token,
                files = new[] { world.File(9, 900_000) },
                chunkSize = 200_000,
                pauseAt = 400_000,
            }
        );
        var together = await TusJsClient.RunAsync(
            new
            {
                endpoint = world.Endpoint(),
                token = world.Token,
                files,
            }
        );

        Assert.Single(paused, e => e.Event == "paused");
        var success = Assert.Single(paused, e => e.Event == "success");
        await world.AssertHasAsync(success);
        Assert.Equal(5, together.Count(e => e.Event == "success"));
        foreach (var one in together.Where(e => e.Event == "success"))
            await world.AssertHasAsync(one);
        Assert.Empty(await world.App.ObjectsAsync("uploads/"));
    }

    [Fact]
    public async Task A_later_run_goes_on_where_an_earlier_one_stopped_and_a_terminated_upload_is_gone()
    {
        await using var world = await World.StartAsync();
        var file = world.File(1, 1_000_000);
        var stopped = (
            await TusJsClient.RunAsync(
                new
                {
                    endpoint = world.Endpoint(),
                    token = world.Token,
                    files = new[] { file },
                    chunkSize = 200_000,
                    stopAt = 400_000,
                }
            )
        ).Single(e => e.Event == "stopped");

        var second = await TusJsClient.RunAsync(
            new
            {
                endpoint = world.Endpoint(),
                token = world.Token,
                url = stopped.Url,
                files = new[] { file },
                chunkSize = 200_000,
            }
        );
        var terminated = (
            await TusJsClient.RunAsync(
                new
                {
                    endpoint = world.Endpoint(),
                    token = world.Token,
                    files = new[] { world.File(2, 1_000_000) },
                    chunkSize = 200_000,
                    stopAt = 400_000,
                    terminate = true,
                }
            )
        ).Single(e => e.Event == "stopped");

        await world.AssertHasAsync(second.Single(e => e.Event == "success"));
        Assert.Equal(600_000, second.Where(e => e.Event == "chunk").Min(e => e.Sent));
        using var tus = new TusClient(world.App.Address, world.Token);
        await Eventually.TrueAsync(async () => (await tus.HeadAsync(terminated.Url!)).Status == HttpStatusCode.NotFound);
        Assert.Empty(await world.App.ObjectsAsync("uploads/"));
    }

    [Fact]
    public async Task A_connection_that_is_cut_again_and_again_does_not_keep_it_from_arriving()
    {
        await using var world = await World.StartAsync();
        await using var network = new CuttingProxy(world.App.Address, cuts: 4, afterBytes: 300_000);

        var told = await TusJsClient.RunAsync(
            new
            {
                endpoint = world.Endpoint(network.Address),
                token = world.Token,
                files = new[] { world.File(1, 2_000_000) },
                chunkSize = 2_000_000_000,
                retryDelays = new[] { 0, 50, 100, 100, 200, 200, 500, 500, 1000, 1000 },
            }
        );

        Assert.InRange(network.CutsLeft, int.MinValue, 0);
        await world.AssertHasAsync(Assert.Single(told, e => e.Event == "success"));
    }

    [Fact]
    public async Task What_is_no_image_is_told_to_it_in_problem_json()
    {
        await using var world = await World.StartAsync();
        var words = Path.Combine(world.Files.Path, "words.txt");
        await File.WriteAllTextAsync(words, new string('w', 5000), TestContext.Current.CancellationToken);

        var told = Assert.Single(
            await TusJsClient.RunAsync(
                new
                {
                    endpoint = world.Endpoint(),
                    token = world.Token,
                    files = new[] { words },
                }
            ),
            e => e.Event == "error"
        );

        Assert.Equal(415, told.Status);
        Assert.Contains("This is not an image GoImg takes.", told.Body, StringComparison.Ordinal);
    }

    private sealed class World(GoImgApp app, string token) : IAsyncDisposable
    {
        public GoImgApp App => app;

        public string Token => token;

        public TempDirectory Files { get; } = new();

        public static async Task<World> StartAsync()
        {
            var app = await GoImgApp.StartAsync();
            await app.SignUpAsync("ana");
            using var api = new ApiClient(app);
            await api.SignInAsync("ana");
            return new World(app, api.AccessToken);
        }

        public string Endpoint(Uri? server = null) => new Uri(server ?? app.Address, TusClient.Root).ToString();

        /// <summary>A file of about that length, sound as far as an upload looks.</summary>
        public string File(int seed, int length)
        {
            var path = Files[$"{seed}.png"];
            System.IO.File.WriteAllBytes(path, Pictures.Undecodable(length));
            return path;
        }

        public async Task AssertHasAsync(ClientEvent success)
        {
            var image = new ImageId(Guid.Parse(success.Image!));
            Assert.Equal(
                SHA256.HashData(await System.IO.File.ReadAllBytesAsync(success.File, TestContext.Current.CancellationToken)),
                SHA256.HashData(await app.ReadAsync(ImageObjectKeys.Original(image)))
            );
            Assert.Equal(Visibility.Unlisted, (await app.FindImageAsync(image))!.Visibility);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            Files.Dispose();
        }
    }
}
