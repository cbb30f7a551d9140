using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>Section <c>Storage:S3</c>: a bucket of a server that speaks S3, where <c>Storage:Kind</c> is s3, and for <c>goimg storage copy</c>.</summary>
public sealed class S3Options : IValidatedOptions
{
    private const string BucketCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-.";
    private static readonly string[] Deliveries = ["proxy", "redirect"];

    public static string Section => "Storage:S3";

    /// <summary>Address of the server, without a path. Default none: Amazon's in <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Part of each signature. Default us-east-1, which most servers of one's own take.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>It has to be there already.</summary>
    public string? Bucket { get; set; }

    /// <summary>What all names in the bucket begin with, such as <c>goimg/</c>. Everything that begins so is GoImg's. Default none: the whole bucket.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The bucket stands in the path of an address, and otherwise in its host. Default true, which every server takes.</summary>
    public bool PathStyle { get; set; } = true;

    /// <summary>Default none, for both: what the SDK of Amazon finds (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role of the machine).</summary>
    public string? AccessKey { get; set; }

    /// <summary>To be given by environment.</summary>
    public string? SecretKey { get; set; }

    /// <summary>How long the server may take to begin its answer, and to go on with it. Default 30 s; too short for a slow line, uploads fail.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Directory on this node's own disk, for files on their way into the bucket and for the cache. Default: <c>s3</c> below <c>Data:Path</c>.</summary>
    public string? LocalPath { get; set; }

    /// <summary>Room on this node's disk for renditions that were asked for. Default 1073741824 (1 GiB), 0 = none.</summary>
    public long CacheBytes { get; set; } = 1L << 30;

    /// <summary><c>proxy</c>: all bytes go through GoImg; <c>redirect</c>: browsers get renditions that everyone may see from the server itself,
    /// at a signed address. Default proxy.</summary>
    public string Delivery { get; set; } = "proxy";

    internal bool Redirects => string.Equals(Delivery, "redirect", StringComparison.OrdinalIgnoreCase);

    /// <summary>For people: what is at which server.</summary>
    internal string Place => $"bucket \"{Bucket}\" at {(Endpoint is { } own ? own.GetLeftPart(UriPartial.Authority) : $"Amazon S3, {Region}")}";

    public void Check(OptionRules rules)
    {
        rules.Holds(
            Endpoint is null or { IsAbsoluteUri: true, Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "" },
            $"Storage:S3:Endpoint is \"{Endpoint}\"; it must be an http or https address without a path."
        );
        rules.Holds(
            Region.Length > 0 && Region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'),
            $"Storage:S3:Region is \"{Region}\"; it must be of lower-case letters, digits and -."
        );
        rules.Holds(
            string.IsNullOrEmpty(Bucket) || (Bucket.Length is >= 3 and <= 63 && Bucket.AsSpan().IndexOfAnyExcept(BucketCharacters) < 0),
            $"Storage:S3:Bucket is \"{Bucket}\"; it must be 3 to 63 lower-case letters, digits, - and ."
        );
        rules.Holds(
            Prefix.Length == 0 || (Prefix.EndsWith('/') && Core.Storage.ObjectKey.TryParse(Prefix[..^1]) is not null),
            $"Storage:S3:Prefix is \"{Prefix}\"; it must be lower-case letters, digits, -, . and /, with / at the end, or nothing."
        );
        rules.Holds(
            string.IsNullOrEmpty(AccessKey) == string.IsNullOrEmpty(SecretKey),
            "Of Storage:S3:AccessKey and Storage:S3:SecretKey only one is set; it takes both, or none and then AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        );
        rules.Range(Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        rules.MayBeDirectory(LocalPath);
        rules.Range(CacheBytes, 0, 1L << 44, "none");
        rules.OneOf(Delivery, Deliveries);
    }

    /// <param name="because">What needs a bucket, as in "Storage:Kind is s3".</param>
    internal void CheckComplete(string because)
    {
        if (string.IsNullOrEmpty(Bucket))
            throw new BadSettingException($"Storage:S3:Bucket is missing: {because}, and it takes the name of a bucket.");
    }
}
