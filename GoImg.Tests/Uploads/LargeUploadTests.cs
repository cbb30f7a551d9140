using System.Net.Http.Json;
using System.Text.Json;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Uploads;

/// <summary>Takes a minute and three gigabytes of disk, so only on request: see CONTRIBUTING.md.</summary>
[Trait("Duration", "long")]
public sealed class LargeUploadTests
{
    private const long MostGrowth = 10 << 20;

    [Fact]
    public async Task A_gigabyte_takes_no_more_memory_than_twenty_megabytes()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("GOIMG_TEST_LARGE") == "1", "Only with GOIMG_TEST_LARGE=1.");
        using var data = new TempDirectory();
        using var server = new ServerProcess(
            await PostgresFixture.NewDatabaseAsync(),
            data.Path,
            "Limits:MaxFileBytes=2000000000",
            "Limits:MaxMemberBytes=20000000000",
            "Node:Role=web"
        );
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "/api/v1/") };
        (
            await http.PostAsJsonAsync(
                "auth/register",
                new
                {
                    email = "ana@example.org",
                    username = "ana",
                    password = MemberClient.Password,
                }
            )
        ).EnsureSuccessStatusCode().Dispose();
        using var signedIn = await http.PostAsJsonAsync("auth/login", new { username = "ana", password = MemberClient.Password });
        using var tus = new TusClient(
            server.Address,
            (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!
        );

        // As many bytes in all as the first large one, so that what is compared is the size of a file alone.
        for (var i = 0; i < 50; i++)
            await SendAsync(tus, 20_000_000);
        var small = await server.MemoryBytesAsync();
        for (var i = 0; i < 2; i++)
            await SendAsync(tus, 1_000_000_000);
        var large = await server.MemoryBytesAsync();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"After 20 MB: {small.Now >> 20} MiB (peak {small.Peak >> 20}); after 1 GB: {large.Now >> 20} MiB (peak {large.Peak >> 20})."
        );
        Assert.InRange(large.Peak - small.Peak, 0, MostGrowth);
    }

    private static async Task SendAsync(TusClient tus, long length)
    {
        var upload = (await tus.CreateAsync(length)).Place;
        using var content = new Zeros(length);

        // No image, which it is told when all of it has been stored, read again and looked at.
        Assert.Equal("image.format", (await tus.PatchAsync(upload, 0, content)).Code);
    }

    private sealed class Zeros(long length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var zeros = new byte[64 * 1024];
            for (var left = length; left > 0; left -= zeros.Length)
                await stream.WriteAsync(zeros.AsMemory(0, (int)Math.Min(zeros.Length, left)));
        }

        protected override bool TryComputeLength(out long sum)
        {
            sum = length;
            return true;
        }
    }
}
