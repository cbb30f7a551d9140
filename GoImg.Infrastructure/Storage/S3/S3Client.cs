using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using GoImg.Infrastructure.Configuration;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>Amazon's client with what servers of other makers understand: no checksums in headers of their own and no chunks with signatures. What is
/// sent is protected by the SHA-256 that every request signs.</summary>
internal static class S3Client
{
    /// <summary>The caller disposes it. Throws <see cref="BadSettingException"/> where no credentials are found.</summary>
    public static AmazonS3Client Create(S3Options options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            AuthenticationRegion = options.Region,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            // waits a random part of one second, two, four
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 3,
            Timeout = options.Timeout,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.UseHttp = endpoint.Scheme == Uri.UriSchemeHttp;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        return new AmazonS3Client(Credentials(options), config);
    }

    private static AWSCredentials Credentials(S3Options options)
    {
        if (options.AccessKey is { Length: > 0 } key)
            return new BasicAWSCredentials(key, options.SecretKey);
        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials();
        }
        catch (AmazonClientException none)
        {
            throw new BadSettingException(
                "There are no credentials for S3: give Storage:S3:AccessKey and Storage:S3:SecretKey by environment (Storage__S3__SecretKey=…), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
                none
            );
        }
    }
}
