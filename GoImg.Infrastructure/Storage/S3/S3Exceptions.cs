using System.Net;
using Amazon.Runtime;
using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>Says a server's and the network's failures in the port's words.</summary>
internal static class S3Exceptions
{
    // As servers name it; there is no one code.
    private static readonly string[] Full = ["QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "StorageFull"];

    /// <param name="cancellationToken">Who asked: its cancelling is no fault, the client's own time-out is one.</param>
    public static bool IsFault(Exception exception, CancellationToken cancellationToken) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>The object, and not the bucket, is not there. The answer to HEAD has no code.</summary>
    public static bool IsAbsent(AmazonServiceException answer) => answer is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" };

    /// <summary>The server answers and will not: asked again it says the same.</summary>
    public static bool IsRefusal(Exception fault) =>
        fault is AmazonServiceException answer
        && (
            answer.StatusCode
                is HttpStatusCode.MovedPermanently
                    or HttpStatusCode.TemporaryRedirect
                    or HttpStatusCode.Unauthorized
                    or HttpStatusCode.Forbidden
                    or HttpStatusCode.NotFound
            || (answer.StatusCode == HttpStatusCode.BadRequest && answer.ErrorCode != "RequestTimeout")
        );

    public static ObjectStoreUnavailableException Translate(Exception fault, S3Options options) =>
        fault switch
        {
            AmazonServiceException { StatusCode: HttpStatusCode.InsufficientStorage } => new ObjectStoreFullException(Says(fault, options), fault),
            AmazonServiceException answer when Full.Contains(answer.ErrorCode, StringComparer.Ordinal) => new ObjectStoreFullException(
                Says(fault, options),
                fault
            ),
            _ => new ObjectStoreUnavailableException(Says(fault, options), fault),
        };

    /// <summary>A sentence for operators.</summary>
    public static string Says(Exception fault, S3Options options) =>
        fault switch
        {
            AmazonServiceException answer when (int)answer.StatusCode > 0 =>
                $"The {options.Place} answers {(int)answer.StatusCode} {answer.ErrorCode}: {answer.Message}",
            OperationCanceledException or TimeoutException =>
                $"The {options.Place} did not answer within {options.Timeout.TotalSeconds:0.#} seconds.",
            _ => $"The {options.Place} can't be reached: {(fault.InnerException ?? fault).Message}",
        };
}
