using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using GoImg.Infrastructure.Storage.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GoImg.Tests.Storage.S3;

/// <summary>A server of one bucket in this process, written from Amazon's API reference: it checks the signature of every request and the SHA-256 of every
/// body, and does badly what it is told to.</summary>
internal sealed class FakeS3 : IAsyncDisposable
{
    public const string Bucket = "pictures";
    public const string AccessKey = "AKIAFAKE";
    public const string SecretKey = "fake+secret/key";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Fault> _faults = [];
    private readonly ConcurrentDictionary<string, StoredUpload> _uploads = new(StringComparer.Ordinal);

    private FakeS3(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public ConcurrentDictionary<string, StoredObject> Objects { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> UploadsUnderWay => _uploads.Values.Select(upload => upload.Key);

    /// <summary>Method and what was asked for, such as <c>PUT originals/ab/cat</c>, in order; also what failed.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Its clock is so far ahead.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>At most so many names in one answer.</summary>
    public int PageSize { get; set; } = 1000;

    public S3Options Options =>
        new()
        {
            Endpoint = Address,
            Bucket = Bucket,
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            Timeout = TimeSpan.FromSeconds(30),
        };

    /// <summary>For an application that keeps its objects here.</summary>
    public string[] Settings => S3Stores.Settings(Options);

    private DateTimeOffset Now => TimeProvider.System.GetUtcNow() + ClockOffset;

    /// <param name="port">0 for any that is free.</param>
    public static async Task<FakeS3> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var fake = new FakeS3(app);
        app.Run(fake.AnswerAsync);
        await app.StartAsync();
        return fake;
    }

    /// <summary>The next requests of this kind are answered by <paramref name="how"/>, which may still have the true answer given.</summary>
    /// <param name="what">What an entry of <see cref="Requests"/> begins with.</param>
    public void Misbehave(string what, Func<HttpContext, Func<Task>, Task> how, int times = 1)
    {
        for (var i = 0; i < times; i++)
            _faults.Enqueue(new Fault(what, how));
    }

    public static Task FailAsync(HttpContext http, int status, string code, string message = "It was told to.")
    {
        http.Response.StatusCode = status;
        if (HttpMethods.IsHead(http.Request.Method))
            return Task.CompletedTask;
        http.Response.ContentType = "application/xml";
        return http.Response.WriteAsync(
            new XElement("Error", new XElement("Code", code), new XElement("Message", message), new XElement("RequestId", "1")).ToString()
        );
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var request = await FakeS3Request.ReadAsync(http);
        Requests.Enqueue(request.ToString());
        http.Response.Headers.Date = Now.ToString("R", CultureInfo.InvariantCulture);
        if (request.Bucket != Bucket)
        {
            await FailAsync(http, 404, "NoSuchBucket", "The specified bucket does not exist");
            return;
        }

        if (request.Refusal(AccessKey, SecretKey, Now) is var (status, code))
        {
            await FailAsync(http, status, code, $"{code}, says the fake.");
            return;
        }

        if (_faults.FirstOrDefault(f => f.IsDue(request)) is { } fault && fault.Take())
            await fault.How(http, () => AnswerAsync(http, request));
        else
            await AnswerAsync(http, request);
    }

    private Task AnswerAsync(HttpContext http, FakeS3Request request) =>
        (http.Request.Method, request.Key) switch
        {
            ("GET", "") when request.Has("uploads") => ListUploadsAsync(http, request),
            ("GET", "") => ListAsync(http, request),
            ("PUT", _) when request.Has("uploadId") => PutPartAsync(http, request),
            ("PUT", _) => PutAsync(http, request),
            ("POST", _) when request.Has("uploads") => BeginUploadAsync(http, request),
            ("POST", _) when request.Has("uploadId") => CompleteAsync(http, request),
            ("DELETE", _) when request.Has("uploadId") => AbortAsync(http, request),
            ("DELETE", _) => DeleteAsync(http, request),
            ("GET" or "HEAD", _) => GetAsync(http, request),
            _ => FailAsync(http, 405, "MethodNotAllowed"),
        };

    private Task PutAsync(HttpContext http, FakeS3Request request) =>
        Tell(http, Objects[request.Key] = Keep(request, request.Body, request.Headers()));

    private Task DeleteAsync(HttpContext http, FakeS3Request request)
    {
        Objects.TryRemove(request.Key, out _);
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private async Task GetAsync(HttpContext http, FakeS3Request request)
    {
        if (!Objects.TryGetValue(request.Key, out var found))
        {
            await FailAsync(http, 404, "NoSuchKey", "The specified key does not exist.");
            return;
        }

        if (http.Request.Headers.IfMatch is [{ } wanted] && wanted != found.ETag)
        {
            await FailAsync(http, 412, "PreconditionFailed");
            return;
        }

        var bytes = found.Bytes.AsMemory();
        if (http.Request.GetTypedHeaders().Range?.Ranges.SingleOrDefault() is { From: { } from } range)
        {
            if (from >= bytes.Length)
            {
                await FailAsync(http, 416, "InvalidRange");
                return;
            }

            var to = Math.Min(range.To ?? long.MaxValue, bytes.Length - 1);
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{bytes.Length}");
            bytes = bytes[(int)from..(int)(to + 1)];
        }

        foreach (var (name, value) in found.Headers)
            http.Response.Headers[name] = value;
        http.Response.Headers.ETag = found.ETag;
        http.Response.Headers.LastModified = found.WrittenAt.ToString("R", CultureInfo.InvariantCulture);
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(bytes);
    }

    private Task ListAsync(HttpContext http, FakeS3Request request)
    {
        var after = request.Of("continuation-token");
        var found = Objects
            .Where(o => o.Key.StartsWith(request.Of("prefix"), StringComparison.Ordinal) && string.CompareOrdinal(o.Key, after) > 0)
            .OrderBy(o => o.Key, StringComparer.Ordinal)
            .Take(PageSize + 1)
            .ToList();
        var page = found.Take(PageSize).ToList();
        return WriteAsync(
            http,
            new XElement(
                "ListBucketResult",
                new XElement("Name", Bucket),
                new XElement("KeyCount", page.Count),
                new XElement("IsTruncated", found.Count > PageSize),
                found.Count > PageSize ? new XElement("NextContinuationToken", page[^1].Key) : null,
                page.Select(o => new XElement(
                    "Contents",
                    new XElement("Key", o.Key),
                    new XElement("Size", o.Value.Bytes.Length),
                    new XElement("ETag", o.Value.ETag),
                    new XElement("LastModified", Text(o.Value.WrittenAt))
                ))
            )
        );
    }

    private Task BeginUploadAsync(HttpContext http, FakeS3Request request)
    {
        var id = Guid.CreateVersion7().ToString("n");
        _uploads[id] = new StoredUpload(request.Key, Now, request.Headers());
        return WriteAsync(
            http,
            new XElement(
                "InitiateMultipartUploadResult",
                new XElement("Bucket", Bucket),
                new XElement("Key", request.Key),
                new XElement("UploadId", id)
            )
        );
    }

    private Task PutPartAsync(HttpContext http, FakeS3Request request)
    {
        if (!_uploads.TryGetValue(request.Of("uploadId"), out var upload))
            return FailAsync(http, 404, "NoSuchUpload");
        var part = Keep(request, request.Body, new Dictionary<string, string>(StringComparer.Ordinal));
        upload.Parts[int.Parse(request.Of("partNumber"), CultureInfo.InvariantCulture)] = part;
        return Tell(http, part);
    }

    private Task CompleteAsync(HttpContext http, FakeS3Request request)
    {
        if (!_uploads.TryRemove(request.Of("uploadId"), out var upload))
            return FailAsync(http, 404, "NoSuchUpload");
        var named = XDocument.Parse(System.Text.Encoding.UTF8.GetString(request.Body)).Root!.Elements().Count();
        if (named != upload.Parts.Count)
            return FailAsync(http, 400, "InvalidPart");
        if (upload.Parts.OrderBy(p => p.Key).SkipLast(1).Any(p => p.Value.Bytes.Length < 5 << 20))
            return FailAsync(http, 400, "EntityTooSmall");
        var whole = Keep(request, [.. upload.Parts.OrderBy(p => p.Key).SelectMany(p => p.Value.Bytes)], upload.Headers);
        Objects[upload.Key] = whole;
        return WriteAsync(
            http,
            new XElement(
                "CompleteMultipartUploadResult",
                new XElement("Bucket", Bucket),
                new XElement("Key", upload.Key),
                new XElement("ETag", whole.ETag)
            )
        );
    }

    private Task AbortAsync(HttpContext http, FakeS3Request request)
    {
        if (!_uploads.TryRemove(request.Of("uploadId"), out _))
            return FailAsync(http, 404, "NoSuchUpload");
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private Task ListUploadsAsync(HttpContext http, FakeS3Request request)
    {
        var after = request.Of("upload-id-marker");
        var found = _uploads
            .Where(u => u.Value.Key.StartsWith(request.Of("prefix"), StringComparison.Ordinal) && string.CompareOrdinal(u.Key, after) > 0)
            .OrderBy(u => u.Key, StringComparer.Ordinal)
            .Take(PageSize + 1)
            .ToList();
        var page = found.Take(PageSize).ToList();
        return WriteAsync(
            http,
            new XElement(
                "ListMultipartUploadsResult",
                new XElement("Bucket", Bucket),
                new XElement("IsTruncated", found.Count > PageSize),
                found.Count > PageSize ? new XElement("NextKeyMarker", page[^1].Value.Key) : null,
                found.Count > PageSize ? new XElement("NextUploadIdMarker", page[^1].Key) : null,
                page.Select(u => new XElement(
                    "Upload",
                    new XElement("Key", u.Value.Key),
                    new XElement("UploadId", u.Key),
                    new XElement("Initiated", Text(u.Value.BegunAt))
                ))
            )
        );
    }

    private StoredObject Keep(FakeS3Request request, byte[] bytes, IReadOnlyDictionary<string, string> headers) =>
        new(bytes, StoredObject.TagOf(bytes), Now, headers) { Key = request.Key };

    private static Task Tell(HttpContext http, StoredObject stored)
    {
        http.Response.Headers.ETag = stored.ETag;
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext http, XElement answer)
    {
        http.Response.ContentType = "application/xml";
        return http.Response.WriteAsync(answer.ToString());
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private sealed record StoredUpload(string Key, DateTimeOffset BegunAt, IReadOnlyDictionary<string, string> Headers)
    {
        public ConcurrentDictionary<int, StoredObject> Parts { get; } = [];
    }

    private sealed class Fault(string what, Func<HttpContext, Func<Task>, Task> how)
    {
        private int _taken;

        public Func<HttpContext, Func<Task>, Task> How => how;

        public bool IsDue(FakeS3Request request) => _taken == 0 && request.ToString().StartsWith(what, StringComparison.Ordinal);

        public bool Take() => Interlocked.Exchange(ref _taken, 1) == 0;
    }
}

internal sealed record StoredObject(byte[] Bytes, string ETag, DateTimeOffset WrittenAt, IReadOnlyDictionary<string, string> Headers)
{
    public required string Key { get; init; }

    // As Amazon does, and the client looks.
    public static string TagOf(byte[] bytes) => $"\"{Convert.ToHexStringLower(MD5.HashData(bytes))}\"";
}
