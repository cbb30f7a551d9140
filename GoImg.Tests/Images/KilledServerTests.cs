using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Storage;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Images;

/// <summary>The promise behind every "received": it survives kill -9 at any moment.</summary>
[Trait("Duration", "long")]
public sealed class KilledServerTests
{
    private const int Kills = 50;
    private const int Uploaders = 3;

    [Fact]
    public async Task Killed_fifty_times_while_people_upload_it_loses_nothing_that_it_acknowledged_and_leaves_nothing_over()
    {
        using var data = new TempDirectory();
        var connectionString = await PostgresFixture.NewDatabaseAsync();
        // Two nodes over one database and store: while one starts the other is killed, and each finds what the other left behind.
        string[] quickRetries = [.. Enumerable.Range(0, 3).Select(i => $"Jobs:RetryDelays:{i}=00:00:01")];
        using var a = new ServerProcess(connectionString, data.Path, quickRetries);
        using var b = new ServerProcess(connectionString, data.Path, quickRetries);
        await a.StartAsync();
        await b.StartAsync();
        var token = await RegisterAsync(a.Address);
        var journal = new ConcurrentDictionary<ImageId, byte[]>();
        using var enough = new CancellationTokenSource();
        var uploading = Enumerable.Range(0, Uploaders).Select(u => UploadAsync(u, [a.Address, b.Address], token, journal, enough.Token)).ToArray();

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(KillAgainAndAgainAsync(a), KillAgainAndAgainAsync(b));
        var killed = watch.Elapsed;
        await enough.CancelAsync();
        await Task.WhenAll(uploading);

        await using var world = Open(connectionString, data.Path);
        var images = await Eventually.GetAsync(
            () => AllAsync(world), all => all.TrueForAll(i => i.State != ImageState.Processing), TimeSpan.FromSeconds(120));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Kills} kills in {killed.TotalSeconds:0} s; {journal.Count} acknowledged, {images.Count} images, {images.Count(i => i.State == ImageState.Failed)} failed.");
        Assert.True(journal.Count > Kills, $"Only {journal.Count} uploads were acknowledged: the test did not test.");
        await CheckAsync(world, images, journal);
    }

    private static async Task KillAgainAndAgainAsync(ServerProcess server)
    {
        for (var kills = 0; kills < Kills / 2; kills++)
        {
            await Task.Delay(RandomNumberGenerator.GetInt32(20, 900), TestContext.Current.CancellationToken);
            await server.KillAsync();
            await server.StartAsync();
        }
    }

    private static async Task UploadAsync(int uploader, Uri[] nodes, string token, ConcurrentDictionary<ImageId, byte[]> journal, CancellationToken enough)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        for (var seed = uploader + 1; !enough.IsCancellationRequested; seed += Uploaders)
        {
            var file = Pictures.Png(seed, 40, 30);
            // The same file until somebody acknowledges it, as a person or the tray would.
            while (!enough.IsCancellationRequested && !await TryUploadAsync(http, nodes[RandomNumberGenerator.GetInt32(nodes.Length)], file, journal))
                await Task.Delay(20, CancellationToken.None);
        }
    }

    private static async Task<bool> TryUploadAsync(HttpClient http, Uri node, byte[] file, ConcurrentDictionary<ImageId, byte[]> journal)
    {
        try
        {
            using var form = UploadClient.Form(file, [], fieldsFirst: true);
            using var answer = await http.PostAsync(new Uri(node, "/api/v1/images"), form, CancellationToken.None);
            if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
                return false;
            var told = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
            journal[new ImageId(told.GetProperty("id").GetGuid())] = SHA256.HashData(file);
            return true;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            return false;
        }
    }

    private static async Task CheckAsync(ServiceProvider world, List<Image> images, ConcurrentDictionary<ImageId, byte[]> journal)
    {
        var store = world.GetRequiredService<IObjectStore>();
        var rows = images.ToDictionary(i => i.Id);
        foreach (var (id, sha256) in journal)
        {
            Assert.True(rows.TryGetValue(id, out var image), $"Image {id} was acknowledged and is gone.");
            Assert.True(image.State == ImageState.Active || (image.State == ImageState.Failed && image.FailureReason is not null), $"{image.State} {image.FailureReason}");
            Assert.Equal(sha256, image.Sha256);
        }

        foreach (var image in images)
        {
            await using var original = await store.OpenAsync(ObjectKey.Original(image.Id), CancellationToken.None);
            Assert.True(original is not null, $"Image {image.Id} has a row and no original.");
            Assert.Equal(image.Sha256, await SHA256.HashDataAsync(original, CancellationToken.None));
            if (image.State == ImageState.Active)
                Assert.Equal(4, (await KeysAsync(store, ObjectKey.RenditionsOf(image.Id))).Count);
        }

        // What a kill left between the bytes and their row is nobody's, and goes with the daily sweep.
        await using var scope = world.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SweepImages>().HandleAsync(new SweepImagesJob(), new JobAttempt(1, 1), CancellationToken.None);
        var known = images.Select(i => i.Id).ToHashSet();
        Assert.All(await KeysAsync(store, ""), key => Assert.Contains(key.Image!.Value, known));
    }

    private static async Task<string> RegisterAsync(Uri node)
    {
        using var http = new HttpClient { BaseAddress = new Uri(node, "/api/v1/") };
        (await http.PostAsJsonAsync("auth/register", new { email = "ana@example.org", username = "ana", password = MemberClient.Password })).EnsureSuccessStatusCode().Dispose();
        using var signedIn = await http.PostAsJsonAsync("auth/login", new { username = "ana", password = MemberClient.Password });
        return (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>The servers' database and store, two days later.</summary>
    private static ServiceProvider Open(string connectionString, string dataPath)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new TwoDaysLater());
        services.AddDatabase(_ => connectionString);
        services.AddStorage(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Path", dataPath)]).Build());
        services.AddScoped<SweepImages>();
        return services.BuildServiceProvider();
    }

    private static async Task<List<Image>> AllAsync(ServiceProvider world)
    {
        await using var scope = world.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<GoImgDbContext>().Images.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<ObjectKey>> KeysAsync(IObjectStore store, string prefix)
    {
        var keys = new List<ObjectKey>();
        await foreach (var found in store.ListAsync(prefix, CancellationToken.None))
            keys.Add(found.Key);
        return keys;
    }

    private sealed class TwoDaysLater : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromDays(2);
    }
}
