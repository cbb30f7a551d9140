using System.Net;
using Amazon.Runtime;
using Amazon.S3.Model;
using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>An object that tells the bucket of a site from an empty or another one, which must never look like a store that lost everything.</summary>
internal sealed class S3Marker(S3Bucket bucket)
{
    // Underscores occur in no object key.
    private const string Name = "_goimg-objects";

    private volatile bool _seen;
    private volatile bool _mustExist;

    private string FullName => bucket.Options.Prefix + Name;

    /// <summary>Once it was found this costs nothing. Where it has to be, it has to be at every later look too.</summary>
    public async Task FindOrMakeAsync(bool mustExist, CancellationToken cancellationToken)
    {
        _mustExist |= mustExist;
        if (_seen)
            return;

        try
        {
            if (!await IsThereAsync(cancellationToken))
            {
                if (_mustExist)
                    throw new S3RefusedException(
                        $"The {bucket.Options.Place} has no objects of this site: its marker {FullName} is missing, and objects are known to be there. Name the bucket and prefix that have them (Storage:S3:Bucket, Storage:S3:Prefix), or copy them there with goimg storage copy."
                    );
                await MakeAsync(cancellationToken);
            }

            _seen = true;
        }
        catch (Exception e) when (S3Exceptions.IsFault(e, cancellationToken))
        {
            throw S3Exceptions.IsRefusal(e)
                ? new S3RefusedException($"{S3Exceptions.Says(e, bucket.Options)} {HintAt(e)}".Trim(), e)
                : S3Exceptions.Translate(e, bucket.Options);
        }
    }

    /// <summary>Asks the server now whether it is still there. Throws <see cref="ObjectStoreUnavailableException"/>.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (_seen && !await bucket.AskAsync(() => IsThereAsync(cancellationToken), cancellationToken))
            throw new ObjectStoreUnavailableException($"The {bucket.Options.Place} lost its marker {FullName}: is it still the same?");
        if (!_seen)
            await FindOrMakeAsync(mustExist: false, cancellationToken);
    }

    // By GET, whose answer has a code and words.
    private async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var marker = await bucket.Client.GetObjectAsync(bucket.Name, FullName, cancellationToken);
            return true;
        }
        catch (AmazonServiceException absent) when (S3Exceptions.IsAbsent(absent))
        {
            return false;
        }
    }

    private Task MakeAsync(CancellationToken cancellationToken) =>
        bucket.Client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket.Name,
                Key = FullName,
                ContentBody = "What lies here is a GoImg object store. Do not delete this object.\n",
                UseChunkEncoding = false,
            },
            cancellationToken
        );

    private static string HintAt(Exception refusal) =>
        refusal is not AmazonServiceException answer
            ? ""
            : (answer.StatusCode, answer.ErrorCode) switch
            {
                (_, "NoSuchBucket") => "Make the bucket, or name another in Storage:S3:Bucket.",
                (_, "InvalidAccessKeyId") => "Storage:S3:AccessKey (or AWS_ACCESS_KEY_ID) is not known there.",
                (_, "SignatureDoesNotMatch") => "Storage:S3:SecretKey (or AWS_SECRET_ACCESS_KEY) is wrong, or Storage:S3:Region is.",
                (_, "RequestTimeTooSkewed") => "Set this machine's clock.",
                (HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect, _) or (_, "AuthorizationHeaderMalformed") =>
                    "Storage:S3:Region or Storage:S3:Endpoint is not the bucket's.",
                (HttpStatusCode.Forbidden, _) =>
                    "The account needs the rights to list the bucket and its multipart uploads, and to get, put and delete objects.",
                _ => "",
            };
}

/// <summary>The server answers and refuses: it is not away, and waiting won't help.</summary>
internal sealed class S3RefusedException(string message, Exception? inner = null) : ObjectStoreUnavailableException(message, inner);
