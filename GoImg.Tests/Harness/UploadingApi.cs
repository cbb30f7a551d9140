using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GoImg.Core.Images;

namespace GoImg.Tests.Harness;

/// <summary>A member who uploads over the API to servers that may die under the hands. What was acknowledged is known by its hash.</summary>
public sealed class UploadingApi : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private readonly string _username;
    private int _cutOff;

    private UploadingApi(string username, string token) => (_username, Token) = (username, token);

    public string Token { get; private set; }

    /// <summary>Uploads that a server had begun to take when it went.</summary>
    public int CutOff => _cutOff;

    /// <summary>Registers a member, unless there is one of that name, and signs in.</summary>
    public static async Task<UploadingApi> SignInAsync(Uri node, string username = "ana")
    {
        using var http = new HttpClient { BaseAddress = new Uri(node, "/api/v1/") };
        using var registered = await http.PostAsJsonAsync(
            "auth/register",
            new
            {
                email = username + "@example.org",
                username,
                password = MemberClient.Password,
            }
        );
        return new(username, await TokenAsync(http, username));
    }

    public async Task<UploadResponse> UploadAsync(Uri node, byte[] file)
    {
        var sha256 = SHA256.HashData(file);
        try
        {
            using var form = UploadClient.Form(file, [], fieldsFirst: true);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, "/api/v1/images")) { Content = form };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            using var answer = await _http.SendAsync(request, CancellationToken.None);
            // A long night outlives the token.
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
                await SignInAgainAsync(node);
            var told = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
            return answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK
                ? new(answer.StatusCode, new ImageId(told.GetProperty("id").GetGuid()), sha256, null)
                : new(answer.StatusCode, null, sha256, told.GetProperty("code").GetString());
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            if (lost is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
                Interlocked.Increment(ref _cutOff);
            return new(null, null, sha256, null);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task SignInAgainAsync(Uri node)
    {
        using var http = new HttpClient { BaseAddress = new Uri(node, "/api/v1/") };
        Token = await TokenAsync(http, _username);
    }

    private static async Task<string> TokenAsync(HttpClient http, string username)
    {
        using var signedIn = await http.PostAsJsonAsync("auth/login", new { username, password = MemberClient.Password });
        return (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}

/// <summary>The status, or null when the server was gone before it said a word; the image when it was taken, the error's code when it was refused.</summary>
public sealed record UploadResponse(HttpStatusCode? Status, ImageId? Image, byte[] Sha256, string? Code);
