using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using ByteRange = GoImg.Core.Storage.ByteRange;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>Objects in a bucket (docs/adr/0058-objects-in-a-bucket.md). Bytes are staged on this node's disk, and count when the bucket has them.
/// A singleton; safe on many threads.</summary>
internal sealed class S3ObjectStore : IObjectStore, ISignedUrls, IDisposable
{
    private readonly S3Bucket _bucket;
    private readonly S3Marker _marker;
    private readonly StagingArea _staging;
    private readonly long _reserveBytes;

    /// <param name="localPath">A directory of this node.</param>
    public S3ObjectStore(S3Bucket bucket, string localPath, long reserveBytes)
    {
        (_bucket, _reserveBytes) = (bucket, reserveBytes);
        _marker = new S3Marker(bucket);
        _staging = StagingArea.OfNode(Path.Combine(Path.GetFullPath(localPath), "staging"));
    }

    /// <summary>For operators: which bucket.</summary>
    public string Place => _bucket.Options.Place;

    /// <summary>Scheme, host and port of its signed addresses.</summary>
    public string Origin => new Uri(_bucket.Client.GetPreSignedURL(SignedGet("any", TimeSpan.FromMinutes(1)))).GetLeftPart(UriPartial.Authority);

    /// <summary>Looks whether the bucket is the one that has the objects, and marks it as such when it never was. Throws
    /// <see cref="ObjectStoreUnavailableException"/>; <see cref="S3RefusedException"/> where asking again won't help.</summary>
    /// <param name="mustExist">Objects are known to be in it: a bucket without the mark is another one.</param>
    public Task PrepareAsync(bool mustExist, CancellationToken cancellationToken) => _marker.FindOrMakeAsync(mustExist, cancellationToken);

    /// <summary>Whether the bucket can be used now. Throws <see cref="ObjectStoreUnavailableException"/>.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) => _marker.CheckAsync(cancellationToken);

    public async Task<StagedObject> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken) =>
        await new StagingWriter(_staging, _reserveBytes).WriteAsync(content, maxBytes, cancellationToken);

    public async Task PromoteAsync(StagedObject staged, ObjectKey key, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        ObjectMetadata.Check(metadata);
        if (staged is not StagedFile { IsPromoted: false, ExceedsLimit: false } local)
            throw new ArgumentException("Not a whole object staged by this store and not yet named.", nameof(staged));
        // Where the server was away at the start this is still to be done, before anything is written to what may be another's bucket.
        await _marker.FindOrMakeAsync(mustExist: false, cancellationToken);
        await using (var file = local.Open())
            await new S3Upload(_bucket).SendAsync(file, key, metadata, cancellationToken);
        local.IsPromoted = true;
        _staging.Remove(local.Name);
    }

    public async Task PutAsync(ObjectKey key, Stream content, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        ObjectMetadata.Check(metadata);
        await using var staged = await StageAsync(content, long.MaxValue, cancellationToken);
        await PromoteAsync(staged, key, metadata, cancellationToken);
    }

    public async Task<OpenObject?> OpenAsync(ObjectKey key, ByteRange? range, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = _bucket.Name, Key = _bucket.NameOf(key) };
        if (range is { LengthBytes: 0 })
            return await OpenNothingAsync(key, cancellationToken);
        if (range is { } part)
            request.ByteRange = new Amazon.S3.Model.ByteRange(part.OffsetBytes, part.OffsetBytes + part.LengthBytes - 1);

        GetObjectResponse? response;
        try
        {
            response = await _bucket.Client.GetObjectAsync(request, cancellationToken);
        }
        catch (AmazonServiceException beyond) when (beyond.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return await OpenNothingAsync(key, cancellationToken);
        }
        catch (AmazonServiceException absent) when (S3Exceptions.IsAbsent(absent))
        {
            return null;
        }
        catch (Exception e) when (S3Exceptions.IsFault(e, cancellationToken))
        {
            throw S3Exceptions.Translate(e, _bucket.Options);
        }

        return Open(key, range, response);
    }

    public async Task<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var found = await _bucket.FindAsync(
            () => _bucket.Client.GetObjectMetadataAsync(_bucket.Name, _bucket.NameOf(key), cancellationToken),
            cancellationToken
        );
        if (found is not null)
            return new ObjectInfo(key, found.ContentLength, TimeOf(found.LastModified)) { Metadata = S3Metadata.Read(found.Headers, found.Metadata) };

        // The answer to HEAD has no words: without an object it is the same as without a bucket, and nobody may take all images for lost.
        await _marker.CheckAsync(cancellationToken);
        return null;
    }

    public async Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken) =>
        await _bucket.FindAsync(() => _bucket.Client.DeleteObjectAsync(_bucket.Name, _bucket.NameOf(key), cancellationToken), cancellationToken);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket.Name, Prefix = _bucket.Options.Prefix + prefix };
        while (true)
        {
            var page = await _bucket.AskAsync(() => _bucket.Client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                if (_bucket.KeyOf(found.Key) is { } key)
                    yield return new ObjectInfo(key, found.Size ?? 0, TimeOf(found.LastModified));
            }

            if (page.IsTruncated != true)
                yield break;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    public Task<Uri> GetSignedUrlAsync(ObjectKey key, TimeSpan validFor, CancellationToken cancellationToken) =>
        _bucket.AskAsync(async () => new Uri(await _bucket.Client.GetPreSignedURLAsync(SignedGet(_bucket.NameOf(key), validFor))), cancellationToken);

    /// <summary>Its addresses are the server's; none of this site is valid.</summary>
    public Task<Result> CheckAsync(SignedUrl address, CancellationToken cancellationToken) =>
        Task.FromResult<Result>(new SignedUrlErrors.WrongSignature());

    /// <summary>What is staged on this node alone: of nodes that run no jobs, nobody else removes what a killed process left.</summary>
    public int SweepNode(TimeSpan age) => StorageExceptions.Guard(() => _staging.Sweep(_bucket.Time.GetUtcNow() - age, CancellationToken.None));

    /// <summary>What is staged on this node, and parts in the bucket, of whatever node, that never became an object.</summary>
    public async Task<int> SweepStagedAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var oldest = _bucket.Time.GetUtcNow() - age;
        return StorageExceptions.Guard(() => _staging.Sweep(oldest, cancellationToken)) + await SweepPartsAsync(oldest, cancellationToken);
    }

    public void Dispose() => _bucket.Dispose();

    private GetPreSignedUrlRequest SignedGet(string name, TimeSpan validFor) =>
        new()
        {
            BucketName = _bucket.Name,
            Key = name,
            Verb = HttpVerb.GET,
            Expires = (_bucket.Time.GetUtcNow() + validFor).UtcDateTime,
            Protocol = _bucket.Options.Endpoint is { Scheme: "http" } ? Protocol.HTTP : Protocol.HTTPS,
        };

    private async Task<int> SweepPartsAsync(DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        var swept = 0;
        var request = new ListMultipartUploadsRequest { BucketName = _bucket.Name, Prefix = _bucket.Options.Prefix };
        while (true)
        {
            var page = await _bucket.AskAsync(() => _bucket.Client.ListMultipartUploadsAsync(request, cancellationToken), cancellationToken);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                if (_bucket.KeyOf(upload.Key) is null || TimeOf(upload.Initiated) >= oldest)
                    continue;
                await _bucket.FindAsync(
                    () => _bucket.Client.AbortMultipartUploadAsync(_bucket.Name, upload.Key, upload.UploadId, cancellationToken),
                    cancellationToken
                );
                swept++;
            }

            if (page.IsTruncated != true)
                return swept;
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
    }

    private OpenObject Open(ObjectKey key, ByteRange? range, GetObjectResponse response)
    {
        if (range is null)
            return new OpenObject(new S3Body(_bucket, key, response, new ByteRange(0, response.ContentLength)), response.ContentLength);

        // "bytes 7-8/10": RFC 9110, section 14.4
        if (
            response.ContentRange?.Split(' ', '-', '/') is ["bytes", { } first, { } last, { } whole]
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            && long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && from == range.Value.OffsetBytes
        )
            return new OpenObject(new S3Body(_bucket, key, response, new ByteRange(from, to - from + 1)), length);
        response.Dispose();
        throw new ObjectStoreUnavailableException($"The {Place} was asked for a range of {key} and sent \"{response.ContentRange}\".");
    }

    private async Task<OpenObject?> OpenNothingAsync(ObjectKey key, CancellationToken cancellationToken) =>
        await StatAsync(key, cancellationToken) is { } info ? new OpenObject(Stream.Null, info.LengthBytes) : null;

    private static DateTimeOffset TimeOf(DateTime? time) => new((time ?? DateTime.UnixEpoch).ToUniversalTime());
}
