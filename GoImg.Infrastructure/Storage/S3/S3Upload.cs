using Amazon.Runtime;
using Amazon.S3.Model;
using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>Puts a file of this node into the bucket: in one request, or in parts that become the object at the end. Every request signs the SHA-256 of its
/// bytes, which the server compares with what arrived. It counts when the server shows it.</summary>
internal sealed class S3Upload(S3Bucket bucket)
{
    /// <summary>Most photos go in one request. Servers take parts from 5 MiB on, and 10,000 of them.</summary>
    public const int PartBytes = 16 << 20;

    // Some seconds in all: on a server with several copies a new object may be seen a moment later.
    private const int Looks = 7;

    public async Task SendAsync(FileStream file, ObjectKey key, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var tag = await bucket.AskAsync(
            () => file.Length <= PartBytes ? PutAsync(file, key, metadata, cancellationToken) : PutPartsAsync(file, key, metadata, cancellationToken),
            cancellationToken
        );
        await WaitUntilSeenAsync(key, file.Length, tag, cancellationToken);
    }

    private async Task<string?> PutAsync(FileStream file, ObjectKey key, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket.Name,
            Key = bucket.NameOf(key),
            InputStream = file,
            AutoCloseStream = false,
            UseChunkEncoding = false,
        };
        S3Metadata.Write(metadata, request.Headers, request.Metadata);
        return (await bucket.Client.PutObjectAsync(request, cancellationToken)).ETag;
    }

    private async Task<string?> PutPartsAsync(FileStream file, ObjectKey key, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = bucket.Name, Key = bucket.NameOf(key) };
        S3Metadata.Write(metadata, request.Headers, request.Metadata);
        var upload = await bucket.Client.InitiateMultipartUploadAsync(request, cancellationToken);
        try
        {
            var parts = new List<PartETag>();
            for (long at = 0; at < file.Length; at += PartBytes)
            {
                file.Position = at;
                var part = await bucket.Client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = bucket.Name,
                        Key = upload.Key,
                        UploadId = upload.UploadId,
                        PartNumber = parts.Count + 1,
                        PartSize = Math.Min(PartBytes, file.Length - at),
                        InputStream = file,
                        UseChunkEncoding = false,
                    },
                    cancellationToken
                );
                parts.Add(new PartETag(parts.Count + 1, part.ETag));
            }

            return await CompleteAsync(upload, parts, cancellationToken);
        }
        catch
        {
            await AbortAsync(upload);
            throw;
        }
    }

    private async Task<string?> CompleteAsync(InitiateMultipartUploadResponse upload, List<PartETag> parts, CancellationToken cancellationToken)
    {
        try
        {
            var completed = await bucket.Client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket.Name,
                    Key = upload.Key,
                    UploadId = upload.UploadId,
                    PartETags = parts,
                },
                cancellationToken
            );
            // It may begin with 200, to keep the line open, and end as an error.
            return completed.ETag ?? throw new AmazonClientException("The server did not make one object of the parts that it took.");
        }
        catch (AmazonServiceException lost) when (lost.ErrorCode == "NoSuchUpload")
        {
            // It may have been done by an attempt whose answer was lost. Then the object shows it.
            return null;
        }
    }

    // Not the caller's token: what is left behind costs room until the sweep a day later, and no one sees it.
    private async Task AbortAsync(InitiateMultipartUploadResponse upload)
    {
        try
        {
            await bucket.Client.AbortMultipartUploadAsync(bucket.Name, upload.Key, upload.UploadId, CancellationToken.None);
        }
        catch (Exception e) when (S3Exceptions.IsFault(e, CancellationToken.None)) { }
    }

    /// <param name="tag">The version that was put; null when the server's answer to it was lost.</param>
    private async Task WaitUntilSeenAsync(ObjectKey key, long lengthBytes, string? tag, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var seen = await bucket.FindAsync(
                () => bucket.Client.GetObjectMetadataAsync(bucket.Name, bucket.NameOf(key), cancellationToken),
                cancellationToken
            );
            if (seen is not null && (tag is null || seen.ETag == tag))
            {
                if (seen.ContentLength == lengthBytes)
                    return;
                throw new ObjectStoreUnavailableException(
                    $"The {bucket.Options.Place} took {lengthBytes} bytes for {key} and has {seen.ContentLength}."
                );
            }

            if (look == Looks)
            {
                // Another writer's of the same name came after it.
                if (seen is not null && tag is not null)
                    return;
                throw new ObjectStoreUnavailableException($"The {bucket.Options.Place} took {key} and does not show it.");
            }

            await bucket.PauseAsync(look, cancellationToken);
        }
    }
}
