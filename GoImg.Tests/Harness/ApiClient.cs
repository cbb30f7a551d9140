using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace GoImg.Tests.Harness;

/// <summary>A client of the REST API: JSON in, status and JSON out.</summary>
/// <param name="through">Where it is asked; null for the application's own address.</param>
public sealed class ApiClient(GoImgApp app, Uri? through = null) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(through ?? app.Address, "/api/v1/") };

    public string RefreshToken { get; set; } = "";

    public string AccessToken
    {
        get => _http.DefaultRequestHeaders.Authorization?.Parameter ?? "";
        set => _http.DefaultRequestHeaders.Authorization = value.Length > 0 ? new AuthenticationHeaderValue("Bearer", value) : null;
    }

    /// <summary>Signs in and keeps the tokens.</summary>
    public async Task<ApiResponse> SignInAsync(string username, string password = MemberClient.Password)
    {
        var answer = await SendAsync(HttpMethod.Post, "auth/login", new { username, password });
        if (answer.Status == HttpStatusCode.OK)
            Keep(answer);
        return answer;
    }

    public async Task<ApiResponse> RefreshAsync(string? token = null)
    {
        var answer = await SendAsync(HttpMethod.Post, "auth/refresh", new { refresh_token = token ?? RefreshToken });
        if (answer.Status == HttpStatusCode.OK)
            Keep(answer);
        return answer;
    }

    public Task<ApiResponse> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiResponse> SendAsync(HttpMethod method, string path, object? body = null) =>
        SendContentAsync(method, path, body is null ? null : JsonContent.Create(body));

    /// <param name="change">What the request has besides.</param>
    public async Task<ApiResponse> SendContentAsync(HttpMethod method, string path, HttpContent? content, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        change?.Invoke(request);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(response.StatusCode, response.Content.Headers.ContentType?.MediaType, text, response.Headers);
    }

    public void Dispose() => _http.Dispose();

    private void Keep(ApiResponse answer)
    {
        AccessToken = answer.Json.GetProperty("access_token").GetString()!;
        RefreshToken = answer.Json.GetProperty("refresh_token").GetString()!;
    }
}

public sealed record ApiResponse(HttpStatusCode Status, string? ContentType, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? this[string name] => Json.TryGetProperty(name, out var value) ? value.ToString() : null;
}
