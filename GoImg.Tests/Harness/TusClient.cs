using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace GoImg.Tests.Harness;

/// <summary>Speaks tus 1.0.0 header by header, so that tests can also speak it wrongly.</summary>
public sealed class TusClient(Uri server, string token) : IDisposable
{
    public const string Root = "/api/v1/uploads";

    private readonly HttpClient _http = new() { BaseAddress = server };

    public static async Task<TusClient> OpenAsync(MemberClient member)
    {
        using var api = new ApiClient(member.App);
        await api.SignInAsync(member.Username);
        return new TusClient(member.App.Address, api.AccessToken);
    }

    /// <summary>A request with the protocol's version and these headers, a null one left out; content headers are sorted out.</summary>
    public async Task<TusResponse> SendAsync(
        string method,
        string path,
        (string Name, string? Value)[] headers,
        HttpContent? body = null,
        CancellationToken? leave = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body };
        if (token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (!headers.Any(h => h.Name == "Tus-Resumable"))
            request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
        {
            if (name == "Content-Type")
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value!);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request, leave ?? TestContext.Current.CancellationToken);
        return new(
            answer.StatusCode,
            answer.Headers,
            answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsStringAsync(CancellationToken.None)
        );
    }

    public Task<TusResponse> CreateAsync(long length, string? metadata = null) =>
        SendAsync("POST", Root, [("Upload-Length", length.ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", metadata)]);

    public Task<TusResponse> CreateWithAsync(byte[] bytes, long? length = null, string? metadata = null, string? checksum = null) =>
        SendAsync(
            "POST",
            Root,
            [
                ("Upload-Length", (length ?? bytes.Length).ToString(CultureInfo.InvariantCulture)),
                ("Upload-Metadata", metadata),
                ("Upload-Checksum", checksum),
                ("Content-Type", BytesType),
            ],
            new ByteArrayContent(bytes)
        );

    public Task<TusResponse> PatchAsync(string upload, long offset, byte[] bytes, string? checksum = null) =>
        PatchAsync(upload, offset, new ByteArrayContent(bytes), checksum);

    public Task<TusResponse> PatchAsync(string upload, long offset, HttpContent content, string? checksum = null, CancellationToken? leave = null) =>
        SendAsync(
            "PATCH",
            upload,
            [("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)), ("Upload-Checksum", checksum), ("Content-Type", BytesType)],
            content,
            leave
        );

    public Task<TusResponse> HeadAsync(string upload) => SendAsync("HEAD", upload, []);

    public Task<TusResponse> DeleteAsync(string upload) => SendAsync("DELETE", upload, []);

    public static string Metadata(params (string Key, string Value)[] pairs) =>
        string.Join(',', pairs.Select(p => $"{p.Key} {Convert.ToBase64String(Encoding.UTF8.GetBytes(p.Value))}"));

    public void Dispose() => _http.Dispose();

    private const string BytesType = "application/offset+octet-stream";
}

public sealed record TusResponse(HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, string Text)
{
    public string? this[string header] => Headers.TryGetValues(header, out var values) ? string.Join(",", values) : null;

    public string? Code =>
        ContentType == "application/problem+json" && Text.Length > 0 ? JsonDocument.Parse(Text).RootElement.GetProperty("code").GetString() : null;

    /// <summary>The upload's address; fails when there is none.</summary>
    public string Place =>
        Status == HttpStatusCode.Created
            ? Headers.Location!.ToString()
            : throw new InvalidOperationException($"No upload was created: {Status} {Text}");

    public long Offset => long.Parse(this["Upload-Offset"] ?? "-1", CultureInfo.InvariantCulture);

    public override string ToString() => $"{(int)Status} {Text}";
}
