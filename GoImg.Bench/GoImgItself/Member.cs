using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace GoImg.Bench.GoImgItself;

/// <summary>Somebody new with a program that uploads over the API. New, because the same photo twice from one member is no work.</summary>
internal sealed class Member : IDisposable
{
    private const string Password = "nine herons cross the ford";

    // asking costs the server too
    private static readonly TimeSpan AskSoon = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan AskLater = TimeSpan.FromMilliseconds(150);
    private static int _count;
    private readonly HttpClient _http;

    private Member(HttpClient http) => _http = http;

    public static async Task<Member> SignUpAsync(Uri server)
    {
        var name = await RegisterAsync(server);
        var http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = await SignInAsync(server, name);
        return new Member(http);
    }

    /// <summary>The name of somebody new.</summary>
    public static async Task<string> RegisterAsync(Uri server)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bench{Environment.ProcessId}x{Interlocked.Increment(ref _count)}");
        using var http = new HttpClient { BaseAddress = server };
        using var answer = await http.PostAsJsonAsync(
            "/api/v1/auth/register",
            new
            {
                email = name + "@example.org",
                username = name,
                password = Password,
            }
        );
        answer.EnsureSuccessStatusCode();
        return name;
    }

    /// <summary>What their requests carry.</summary>
    public static async Task<AuthenticationHeaderValue> SignInAsync(Uri server, string name)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var answer = await http.PostAsJsonAsync("/api/v1/auth/login", new { username = name, password = Password });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        return new AuthenticationHeaderValue("Bearer", token);
    }

    public AuthenticationHeaderValue Token => _http.DefaultRequestHeaders.Authorization!;

    public Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>The image's id, once the server has acknowledged it.</summary>
    public async Task<string> UploadAsync(Stream content, string name, string visibility = "private")
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(visibility), "visibility" },
            { new StreamContent(content, 1 << 16), "file", name },
        };
        using var answer = await _http.PostAsync(new Uri("/api/v1/images", UriKind.Relative), form);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!
            : throw new InvalidOperationException($"{name} was refused: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task WaitUntilReadyAsync(string id, bool isLast = true)
    {
        while (true)
        {
            var status = (await _http.GetFromJsonAsync<JsonElement>($"/api/v1/images/{id}/status")).GetProperty("status").GetString();
            if (status == "active")
                return;
            if (status != "processing")
                throw new InvalidOperationException($"An image became {status}.");
            await Task.Delay(isLast ? AskSoon : AskLater);
        }
    }

    /// <summary>All photos, some on their way at once, until the last can be looked at.</summary>
    public async Task<double> UploadAllAsync(IReadOnlyList<string> photos, int atOnce)
    {
        var clock = Stopwatch.StartNew();
        var ids = new string[photos.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, photos.Count),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (i, _) =>
            {
                await using var photo = File.OpenRead(photos[i]);
                ids[i] = await UploadAsync(photo, Path.GetFileName(photos[i]));
            }
        );
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
            await WaitUntilReadyAsync(id, isLast: i >= ids.Length - 2);
        return clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => _http.Dispose();
}
