using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Uploads;

/// <summary>Two nodes over one database and store; one of them dies while a file comes in.</summary>
[Trait("Duration", "long")]
public sealed class KilledUploadTests
{
    // Where a node dies, and what is acknowledged then; null: all of it.
    private static readonly (string Place, int? Offset)[] Deaths =
    [
        ("tus.after-part", 0),
        ("tus.before-offset", 0),
        ("tus.before-complete", null),
        ("upload.before-commit", null),
        ("upload.after-commit", null),
    ];

    [Fact]
    public async Task Whenever_a_node_is_killed_another_goes_on_from_what_was_acknowledged()
    {
        using var data = new TempDirectory();
        var connectionString = await PostgresFixture.NewDatabaseAsync();
        using var other = new ServerProcess(connectionString, data.Path, "Node:Role=web");
        await other.StartAsync();
        var token = await RegisterAsync(other.Address);

        foreach (var (place, offset) in Deaths)
        {
            using var mortal = new ServerProcess(connectionString, data.Path, $"GOIMG_FAILPOINTS={place}:kill", "Node:Role=web");
            await mortal.StartAsync();
            await KillInTheMiddleAsync(mortal, other, token, Pictures.Png(Array.IndexOf(Deaths, (place, offset)), 300, 200), offset);
        }
    }

    [Fact]
    public async Task A_public_client_survives_the_death_of_its_server_and_another_run_of_it_finishes_at_another_node()
    {
        using var data = new TempDirectory();
        using var files = new TempDirectory();
        var connectionString = await PostgresFixture.NewDatabaseAsync();
        using var a = new ServerProcess(connectionString, data.Path, "Node:Role=web");
        using var b = new ServerProcess(connectionString, data.Path, "Node:Role=web");
        await Task.WhenAll(a.StartAsync(), b.StartAsync());
        var token = await RegisterAsync(a.Address);
        var file = files["large.png"];
        await File.WriteAllBytesAsync(file, Pictures.Undecodable(12_000_000), TestContext.Current.CancellationToken);
        using var client = await TusJsClient.StartAsync(
            new
            {
                endpoint = new Uri(a.Address, TusClient.Root).ToString(),
                token,
                files = new[] { file },
                chunkSize = 500_000,
                stopAt = 9_000_000,
                retryDelays = Enumerable.Repeat(500, 100).ToArray(),
            }
        );

        // In the middle, and it comes back to the same address; the client goes on by itself.
        await client.UntilAsync(e => e is { Event: "chunk", Sent: >= 3_000_000 });
        await a.KillAsync();
        await a.StartAsync();
        var stopped = await client.UntilAsync(e => e.Event == "stopped");
        // For good now. What is left goes to the other node.
        await a.KillAsync();
        var rest = await TusJsClient.RunAsync(
            new
            {
                endpoint = new Uri(b.Address, TusClient.Root).ToString(),
                url = new Uri(b.Address, new Uri(stopped.Url!).AbsolutePath).ToString(),
                token,
                files = new[] { file },
                chunkSize = 500_000,
            }
        );

        var done = Assert.Single(rest, e => e.Event == "success");
        Assert.True(rest.Where(e => e.Event == "chunk").Min(e => e.Sent) > 9_000_000);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))),
            await HashOfAsync(b.Address, token, done.Image!)
        );
    }

    private static async Task KillInTheMiddleAsync(ServerProcess mortal, ServerProcess other, string token, byte[] file, int? offsetAfter)
    {
        using var toMortal = new TusClient(mortal.Address, token);
        using var toOther = new TusClient(other.Address, token);
        var upload = (await toOther.CreateAsync(file.Length)).Place;
        // Killed while it takes the last bytes, where it matters that the first were taken.
        var begun = offsetAfter is null ? 500 : 0;
        if (begun > 0)
            await toOther.PatchAsync(upload, 0, file[..begun]);

        await Assert.ThrowsAnyAsync<Exception>(() => toMortal.PatchAsync(upload, begun, begun > 0 ? file[begun..] : file[..^1]));
        var asked = await toOther.HeadAsync(upload);

        Assert.Equal(offsetAfter ?? file.Length, asked.Offset);
        var done = asked["GoImg-Image-Id"] is null ? await toOther.PatchAsync(upload, asked.Offset, file[(int)asked.Offset..]) : asked;
        Assert.Equal("false", done["GoImg-Image-Duplicate"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), await HashOfAsync(other.Address, token, done["GoImg-Image-Id"]!));
    }

    private static async Task<string> RegisterAsync(Uri node)
    {
        using var http = new HttpClient { BaseAddress = new Uri(node, "/api/v1/") };
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
        return (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static async Task<string?> HashOfAsync(Uri node, string token, string image)
    {
        using var http = new HttpClient { BaseAddress = node };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (await http.GetFromJsonAsync<JsonElement>($"/api/v1/images/{image}", TestContext.Current.CancellationToken))
            .GetProperty("sha256")
            .GetString();
    }
}
