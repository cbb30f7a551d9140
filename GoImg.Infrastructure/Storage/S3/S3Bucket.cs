using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>The place in a bucket where a store is: its names, and its failures in the port's words. Safe on many threads.</summary>
internal sealed class S3Bucket(AmazonS3Client client, S3Options options, TimeProvider time) : IDisposable
{
    public AmazonS3Client Client => client;

    public S3Options Options => options;

    public TimeProvider Time => time;

    public string Name => options.Bucket!;

    public string NameOf(ObjectKey key) => options.Prefix + key.Value;

    /// <summary>Null for what is no object of the store.</summary>
    public ObjectKey? KeyOf(string name) =>
        name.StartsWith(options.Prefix, StringComparison.Ordinal) ? ObjectKey.TryParse(name[options.Prefix.Length..]) : null;

    /// <summary>Throws <see cref="ObjectStoreUnavailableException"/>.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request();
        }
        catch (Exception e) when (S3Exceptions.IsFault(e, cancellationToken))
        {
            throw S3Exceptions.Translate(e, options);
        }
    }

    /// <summary>As <see cref="AskAsync"/>; null where there is no such object.</summary>
    public async Task<T?> FindAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
        where T : AmazonWebServiceResponse
    {
        try
        {
            return await request();
        }
        catch (AmazonServiceException absent) when (S3Exceptions.IsAbsent(absent))
        {
            return null;
        }
        catch (Exception e) when (S3Exceptions.IsFault(e, cancellationToken))
        {
            throw S3Exceptions.Translate(e, options);
        }
    }

    /// <summary>Before the second attempt a tenth of a second, before each further one twice that, and a random part of it less, so that many do not come back together.</summary>
    public Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var most = 100 << Math.Min(attempt - 1, 5);
        return Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most / 2, most + 1)), time, cancellationToken);
    }

    public void Dispose() => client.Dispose();
}
