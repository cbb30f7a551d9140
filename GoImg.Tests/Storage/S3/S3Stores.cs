using GoImg.Infrastructure.Storage.S3;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Storage.S3;

internal static class S3Stores
{
    /// <summary>A store as an application has it, with a node's directory that lives as long as the test.</summary>
    public static S3ObjectStore Open(S3Options options, TempDirectory node, TimeProvider? time = null) =>
        new(BucketOf(options, time), node["s3"], reserveBytes: 0);

    public static S3Bucket BucketOf(S3Options options, TimeProvider? time = null) =>
        new(S3Client.Create(options), options, time ?? TimeProvider.System);

    /// <summary>For an application that keeps its objects there.</summary>
    public static string[] Settings(S3Options options) =>
        [
            "Storage:Kind=s3",
            $"Storage:S3:Endpoint={options.Endpoint}",
            $"Storage:S3:Bucket={options.Bucket}",
            $"Storage:S3:Prefix={options.Prefix}",
            $"Storage:S3:AccessKey={options.AccessKey}",
            $"Storage:S3:SecretKey={options.SecretKey}",
            $"Storage:S3:Timeout={options.Timeout}",
        ];

    /// <summary>Parts of an upload that nobody goes on with, as a killed process leaves them.</summary>
    public static async Task LeaveUploadAsync(S3Options options, string key, CancellationToken cancellationToken)
    {
        using var client = S3Client.Create(options);
        await client.InitiateMultipartUploadAsync(options.Bucket, options.Prefix + key, cancellationToken);
    }
}
