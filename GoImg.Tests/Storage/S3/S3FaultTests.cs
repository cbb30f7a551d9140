using System.Security.Cryptography;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage.S3;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace GoImg.Tests.Storage.S3;

/// <summary>A server that fails in every way there is: nothing counts that it does not have, and nothing is read that is not whole.</summary>
[Trait("Duration", "long")]
public sealed class S3FaultTests : IAsyncLifetime
{
    private static readonly ObjectKey Key = ObjectKey.Parse("originals/ab/cat");
    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes(300_000);

    private readonly TempDirectory _node = new();
    private FakeS3 _server = null!;
    private S3ObjectStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeS3.StartAsync();
        _store = S3Stores.Open(_server.Options, _node);
        await _store.PrepareAsync(mustExist: false, Ct);
        _server.Requests.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
        _node.Dispose();
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(503, "SlowDown")]
    public async Task A_server_that_fails_once_is_asked_again_with_the_same_bytes(int status, string code)
    {
        _server.Misbehave($"PUT {Key}", (http, _) => FakeS3.FailAsync(http, status, code));
        _server.Misbehave($"GET {Key}", (http, _) => FakeS3.FailAsync(http, status, code));

        await PutAsync();

        Assert.Equal(Bytes, await ReadAsync());
        Assert.Equal(2, _server.Requests.Count(r => r == $"PUT {Key}"));
    }

    [Fact]
    public async Task A_server_that_goes_on_failing_is_away_and_nothing_is_acknowledged_or_left()
    {
        _server.Misbehave("PUT", (http, _) => FakeS3.FailAsync(http, 503, "SlowDown", "Reduce your request rate."), times: 100);

        var away = await Assert.ThrowsAsync<ObjectStoreUnavailableException>(PutAsync);

        Assert.Contains("503 SlowDown: Reduce your request rate.", away.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_node.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_gone_on_with_from_there()
    {
        await PutAsync();
        _server.Misbehave($"GET {Key}", CutAsync(100_000), times: 2);

        Assert.Equal(Bytes, await ReadAsync());
        Assert.Equal(3, _server.Requests.Count(r => r == $"GET {Key}"));
    }

    [Fact]
    public async Task A_body_that_always_breaks_off_is_a_failure_and_never_a_shorter_object()
    {
        await PutAsync();
        _server.Misbehave($"GET {Key}", CutAsync(1000), times: 100);

        var cut = await Assert.ThrowsAsync<ObjectStoreUnavailableException>(ReadAsync);

        Assert.Contains("of 300000 bytes", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_stops_coming_is_gone_on_with_too()
    {
        using var patient = S3Stores.Open(With(timeout: TimeSpan.FromSeconds(1)), _node);
        await PutAsync();
        _server.Misbehave(
            $"GET {Key}",
            async (http, _) =>
            {
                http.Response.ContentLength = Bytes.Length;
                await http.Response.Body.WriteAsync(Bytes.AsMemory(0, 1000));
                await http.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        );

        Assert.Equal(Bytes, await ReadAsync(patient));
    }

    [Fact]
    public async Task Bytes_that_do_not_fit_the_servers_checksum_are_told_at_the_end()
    {
        await PutAsync();
        _server.Objects[Key.Value] = _server.Objects[Key.Value] with { Bytes = new byte[Bytes.Length] };

        await Assert.ThrowsAsync<IOException>(ReadAsync);
    }

    [Fact]
    public async Task An_object_that_is_replaced_while_it_is_read_is_no_mixture()
    {
        await PutAsync();
        _server.Misbehave(
            $"GET {Key}",
            async (http, answer) =>
            {
                await CutAsync(100_000)(http, answer);
                await _store.PutAsync(Key, new MemoryStream(new byte[300_000]), CancellationToken.None);
            }
        );

        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(ReadAsync);

        Assert.Equal(new byte[300_000], await ReadAsync());
    }

    [Fact]
    public async Task A_server_without_ranges_does_not_begin_again_in_the_middle()
    {
        await PutAsync();
        _server.Misbehave($"GET {Key}", CutAsync(100_000));
        _server.Misbehave(
            $"GET {Key}",
            async (http, _) =>
            {
                http.Response.ContentLength = Bytes.Length;
                await http.Response.Body.WriteAsync(Bytes);
            }
        );

        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(ReadAsync);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_away()
    {
        using var hasty = S3Stores.Open(With(timeout: TimeSpan.FromSeconds(1)), _node);
        _server.Misbehave(
            $"HEAD {Key}",
            (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default),
            times: 100
        );

        var away = await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => hasty.StatAsync(Key, Ct));

        Assert.Contains("did not answer within 1 seconds", away.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_servers_clock_that_is_hours_away_is_followed(int hours)
    {
        _server.ClockOffset = TimeSpan.FromHours(hours);

        await PutAsync();
        using var anyone = new HttpClient();
        using var signed = await anyone.GetAsync(await _store.GetSignedUrlAsync(Key, TimeSpan.FromMinutes(5), Ct), Ct);

        Assert.Equal(Bytes, await ReadAsync());
        Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
    }

    [Fact]
    public async Task A_signed_address_is_good_for_its_time_and_no_longer()
    {
        await PutAsync();
        var address = await _store.GetSignedUrlAsync(Key, TimeSpan.FromMinutes(5), Ct);
        using var anyone = new HttpClient();

        _server.ClockOffset = TimeSpan.FromMinutes(4);
        using var early = await anyone.GetAsync(address, Ct);
        _server.ClockOffset = TimeSpan.FromMinutes(6);
        using var late = await anyone.GetAsync(address, Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (early.StatusCode, late.StatusCode));
    }

    [Fact]
    public async Task What_is_not_seen_right_after_it_was_put_counts_when_it_is_seen()
    {
        _server.Misbehave($"HEAD {Key}", (http, _) => FakeS3.FailAsync(http, 404, "NoSuchKey"), times: 3);

        await PutAsync();

        Assert.Equal(4, _server.Requests.Count(r => r == $"HEAD {Key}"));
    }

    [Fact]
    public async Task What_is_never_seen_after_it_was_put_does_not_count()
    {
        _server.Misbehave($"HEAD {Key}", (http, _) => FakeS3.FailAsync(http, 404, "NoSuchKey"), times: 100);

        var hidden = await Assert.ThrowsAsync<ObjectStoreUnavailableException>(PutAsync);

        Assert.Contains("does not show it", hidden.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_kept_fewer_bytes_than_it_took_is_found_out()
    {
        _server.Misbehave(
            $"PUT {Key}",
            async (_, answer) =>
            {
                await answer();
                _server.Objects[Key.Value] = _server.Objects[Key.Value] with { Bytes = [1, 2, 3] };
            }
        );

        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(PutAsync);
    }

    [Fact]
    public async Task A_part_that_fails_for_good_ends_the_upload_and_leaves_no_parts()
    {
        _server.Misbehave($"PUT {Key}?part", (http, _) => FakeS3.FailAsync(http, 500, "InternalError"), times: 100);

        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(PutLargeAsync);

        Assert.Empty(_server.UploadsUnderWay);
        Assert.DoesNotContain(Key.Value, _server.Objects.Keys);
    }

    [Fact]
    public async Task An_error_in_an_answer_that_began_with_200_is_an_error()
    {
        _server.Misbehave($"POST {Key}?uploadId", (http, _) => FakeS3.FailAsync(http, 200, "InternalError"), times: 100);

        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(PutLargeAsync);

        Assert.DoesNotContain(Key.Value, _server.Objects.Keys);
        Assert.Empty(_server.UploadsUnderWay);
    }

    [Fact]
    public async Task A_completed_upload_whose_answer_was_lost_is_completed()
    {
        _server.Misbehave(
            $"POST {Key}?uploadId",
            async (http, answer) =>
            {
                await answer();
                http.Abort();
            }
        );

        await PutLargeAsync();

        Assert.Contains(Key.Value, _server.Objects.Keys);
    }

    [Theory]
    [InlineData(507, "InsufficientStorage")]
    [InlineData(403, "QuotaExceeded")]
    public async Task A_server_without_room_is_full_and_not_away(int status, string code)
    {
        _server.Misbehave("PUT", (http, _) => FakeS3.FailAsync(http, status, code), times: 100);

        await Assert.ThrowsAsync<ObjectStoreFullException>(PutAsync);
    }

    [Fact]
    public async Task A_bucket_that_is_gone_is_no_missing_object()
    {
        await PutAsync();
        _server.Misbehave($"HEAD {Key}", (http, _) => FakeS3.FailAsync(http, 404, "NoSuchBucket"), times: 10);
        _server.Misbehave("GET", (http, _) => FakeS3.FailAsync(http, 404, "NoSuchBucket"), times: 10);

        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => _store.StatAsync(Key, Ct));
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(ReadAsync);
    }

    [Fact]
    public async Task Rights_that_were_taken_away_are_no_missing_objects_either()
    {
        await PutAsync();
        _server.Misbehave($"HEAD {Key}", (http, _) => FakeS3.FailAsync(http, 403, "AccessDenied"), times: 10);
        _server.Misbehave("GET", (http, _) => FakeS3.FailAsync(http, 403, "AccessDenied"), times: 10);

        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => _store.StatAsync(Key, Ct));
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(ReadAsync);
    }

    private static Func<HttpContext, Func<Task>, Task> CutAsync(int afterBytes) =>
        async (http, _) =>
        {
            // Of a range as of the whole: what comes is right, and ends early.
            var from = (int)(http.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0);
            if (from > 0)
            {
                http.Response.StatusCode = 206;
                http.Response.Headers.ContentRange = $"bytes {from}-{Bytes.Length - 1}/{Bytes.Length}";
            }

            http.Response.Headers.ETag = StoredObject.TagOf(Bytes);
            http.Response.ContentLength = Bytes.Length - from;
            await http.Response.Body.WriteAsync(Bytes.AsMemory(from, Math.Min(afterBytes, Bytes.Length - from)));
            // Kestrel closes the connection of an answer that is shorter than it said.
        };

    private S3Options With(TimeSpan timeout)
    {
        var options = _server.Options;
        options.Timeout = timeout;
        return options;
    }

    private Task PutAsync() => _store.PutAsync(Key, new MemoryStream(Bytes), ObjectMetadata.Private("image/png"), Ct);

    private Task PutLargeAsync() => _store.PutAsync(Key, new MemoryStream(new byte[S3Upload.PartBytes + 1]), Ct);

    private Task<byte[]> ReadAsync() => ReadAsync(_store);

    private static async Task<byte[]> ReadAsync(S3ObjectStore store)
    {
        await using var opened = await store.OpenAsync(Key, Ct);
        using var copy = new MemoryStream();
        await opened!.Content.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }
}
