using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3.Model;
using GoImg.Core.Storage;
using ByteRange = GoImg.Core.Storage.ByteRange;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>An object's bytes as they come over the network, counted. Where they break off or stop coming they are asked for from there on, of the same
/// version; who reads gets all of them or an <see cref="ObjectStoreUnavailableException"/>, never fewer.</summary>
internal sealed class S3Body(S3Bucket bucket, ObjectKey key, GetObjectResponse response, ByteRange range) : ForwardStream
{
    private const int MostReopenings = 8;

    private readonly long _end = range.OffsetBytes + range.LengthBytes;
    private GetObjectResponse _response = response;
    private CancellationTokenSource _patience = new();
    private long _at = range.OffsetBytes;
    private int _reopenings;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at == _end || buffer.Length == 0)
            return 0;
        var part = buffer[..(int)Math.Min(buffer.Length, _end - _at)];
        while (true)
        {
            var read = 0;
            Exception? fault = null;
            try
            {
                read = await ReadOnceAsync(part, cancellationToken);
            }
            catch (Exception e) when (S3Exceptions.IsFault(e, cancellationToken))
            {
                fault = e;
            }

            if (read > 0)
            {
                _at += read;
                if (_at == _end)
                    await FinishAsync(cancellationToken);
                return read;
            }

            if (_reopenings++ == MostReopenings)
                throw new ObjectStoreUnavailableException(
                    $"The {bucket.Options.Place} sent {_at - range.OffsetBytes} of {range.LengthBytes} bytes of {key}.",
                    fault
                );
            await bucket.PauseAsync(_reopenings, cancellationToken);
            await ReopenAsync(cancellationToken);
        }
    }

    private async Task<int> ReadOnceAsync(Memory<byte> part, CancellationToken cancellationToken)
    {
        // The client's own time-out ends with the headers.
        _patience.CancelAfter(bucket.Options.Timeout);
        await using var cancelled = cancellationToken.UnsafeRegister(static patience => ((CancellationTokenSource)patience!).Cancel(), _patience);
        var read = await _response.ResponseStream.ReadAsync(part, _patience.Token);
        _patience.CancelAfter(Timeout.InfiniteTimeSpan);
        return read;
    }

    // At the end the client compares the bytes with the server's checksum, where it has one of the whole.
    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadOnceAsync(new byte[1], cancellationToken);
        }
        catch (AmazonClientException wrong)
        {
            throw new IOException($"The bytes of {key} are not those that the {bucket.Options.Place} has a checksum of.", wrong);
        }
    }

    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        var tag = _response.ETag;
        _response.Dispose();
        _patience.Dispose();
        _patience = new CancellationTokenSource();
        try
        {
            _response = await bucket.Client.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = bucket.Name,
                    Key = bucket.NameOf(key),
                    ByteRange = new Amazon.S3.Model.ByteRange(_at, _end - 1),
                    EtagToMatch = tag,
                },
                cancellationToken
            );
            // A server or proxy that knows no ranges begins again at the first byte.
            if (
                _at > 0
                && _response.ContentRange?.StartsWith(string.Create(CultureInfo.InvariantCulture, $"bytes {_at}-"), StringComparison.Ordinal) != true
            )
                throw new ObjectStoreUnavailableException($"The {bucket.Options.Place} sent {key} from its beginning instead of a range.");
        }
        catch (AmazonServiceException changed) when (changed.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed)
        {
            throw new ObjectStoreUnavailableException($"{key} was replaced or removed while it was read.", changed);
        }
        catch (Exception e) when (S3Exceptions.IsFault(e, cancellationToken))
        {
            throw S3Exceptions.Translate(e, bucket.Options);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _response.Dispose();
            _patience.Dispose();
        }

        base.Dispose(disposing);
    }
}
