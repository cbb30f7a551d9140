using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GoImg.Tests.Storage.S3;

/// <summary>One request to <see cref="FakeS3"/>, and whether it is signed as Amazon's reference says ("Signature Version 4", by header or by query).</summary>
internal sealed class FakeS3Request
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(15);
    private static readonly string[] KeptHeaders = ["Content-Type", "Cache-Control"];

    private readonly HttpRequest _request;
    private readonly string _path;
    private readonly List<(string Name, string Value)> _query;

    private FakeS3Request(HttpRequest request, string target, byte[] body)
    {
        (_request, Body) = (request, body);
        var parts = target.Split('?', 2);
        _path = parts[0];
        _query =
        [
            .. parts
                .ElementAtOrDefault(1)
                ?.Split('&')
                .Select(pair => pair.Split('=', 2))
                .Select(pair => (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")))
                ?? [],
        ];
        var place = _path.Split('/', 3);
        (Bucket, Key) = (place[1], place.ElementAtOrDefault(2) ?? "");
    }

    public string Bucket { get; }

    public string Key { get; }

    public byte[] Body { get; }

    public static async Task<FakeS3Request> ReadAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        return new FakeS3Request(http.Request, http.Features.Get<IHttpRequestFeature>()!.RawTarget, body.ToArray());
    }

    public bool Has(string name) => _query.Exists(pair => pair.Name == name);

    public string Of(string name) => _query.Find(pair => pair.Name == name).Value ?? "";

    /// <summary>What is kept with an object.</summary>
    public IReadOnlyDictionary<string, string> Headers() =>
        _request
            .Headers.Where(h => KeptHeaders.Contains(h.Key) || h.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    public override string ToString() =>
        $"{_request.Method} {Key}{(Has("uploads") ? "?uploads" : Has("partNumber") ? "?part" : Has("uploadId") ? "?uploadId" : "")}";

    /// <summary>Null when all is right.</summary>
    public (int Status, string Code)? Refusal(string accessKey, string secretKey, DateTimeOffset now)
    {
        var isBySignedUrl = Has("X-Amz-Signature");
        var authorization = _request.Headers.Authorization.ToString();
        if (!isBySignedUrl && !authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal))
            return (403, "AccessDenied");
        string Part(string name) => authorization.Split(name + "=")[1].Split(',')[0];

        var (credential, signedHeaders, signature, date) = isBySignedUrl
            ? (Of("X-Amz-Credential"), Of("X-Amz-SignedHeaders"), Of("X-Amz-Signature"), Of("X-Amz-Date"))
            : (Part("Credential"), Part("SignedHeaders"), Part("Signature"), _request.Headers["x-amz-date"].ToString());
        var scope = credential.Split('/', 2);
        if (scope[0] != accessKey)
            return (403, "InvalidAccessKeyId");
        var signedAt = DateTimeOffset.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if ((signedAt - now).Duration() > MostSkew)
            return (403, "RequestTimeTooSkewed");
        var payload = isBySignedUrl ? "UNSIGNED-PAYLOAD" : _request.Headers["x-amz-content-sha256"].ToString();
        if (Sign(secretKey, scope[1], date, signedHeaders, payload) != signature)
            return (403, "SignatureDoesNotMatch");
        if (isBySignedUrl)
            return now > signedAt.AddSeconds(int.Parse(Of("X-Amz-Expires"), CultureInfo.InvariantCulture)) ? (403, "AccessDenied") : null;
        return payload == Convert.ToHexStringLower(SHA256.HashData(Body)) ? null : (400, "XAmzContentSHA256Mismatch");
    }

    private string Sign(string secretKey, string scope, string date, string signedHeaders, string payload)
    {
        var query = _query
            .Where(pair => pair.Name != "X-Amz-Signature")
            .Select(pair => (Name: Uri.EscapeDataString(pair.Name), Value: Uri.EscapeDataString(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        var headers = signedHeaders.Split(';').Select(name => $"{name}:{string.Join(',', _request.Headers[name].Select(v => v?.Trim()))}\n");
        var canonical = $"{_request.Method}\n{_path}\n{string.Join('&', query)}\n{string.Concat(headers)}\n{signedHeaders}\n{payload}";
        var toSign = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope
            .Split('/')
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }
}
