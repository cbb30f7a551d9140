using GoImg.Core.Storage;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Storage.S3;
using Microsoft.Extensions.Configuration;

namespace GoImg.Infrastructure.Storage;

/// <summary>The stores that the configuration describes, whichever of them the site uses.</summary>
public sealed class ConfiguredStores(IConfiguration configuration, TimeProvider time)
{
    /// <summary>As <c>Storage:Kind</c> names them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["local", "s3"];

    private StorageOptions Options => configuration.Read<StorageOptions>();

    /// <summary>The caller disposes it where it can be disposed. Throws <see cref="BadSettingException"/>, and <see cref="ObjectStoreUnavailableException"/>
    /// when it is not there.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="mustExist">Otherwise a new one is made.</param>
    public async Task<IObjectStore> OpenAsync(string kind, bool mustExist, CancellationToken cancellationToken)
    {
        if (kind == "local")
        {
            var local = Local();
            local.Prepare(mustExist);
            return local;
        }

        var s3 = S3("it is one of the stores of this command");
        try
        {
            await s3.PrepareAsync(mustExist, cancellationToken);
            return s3;
        }
        catch
        {
            s3.Dispose();
            throw;
        }
    }

    internal LocalObjectStore Local() => new(Options.Path is { Length: > 0 } named ? named : InData("objects"), Options.ReserveBytes, time);

    /// <param name="because">What needs a bucket.</param>
    internal S3ObjectStore S3(string because)
    {
        var options = configuration.Read<S3Options>();
        options.CheckComplete(because);
        return new S3ObjectStore(new S3Bucket(S3Client.Create(options), options, time), LocalPathOf(options), Options.ReserveBytes);
    }

    /// <summary>Where this node keeps a bucket's objects that were asked for.</summary>
    internal string CachePathOf(S3Options options) => Path.GetFullPath(Path.Combine(LocalPathOf(options), "cache"));

    private string LocalPathOf(S3Options options) => options.LocalPath is { Length: > 0 } named ? named : InData("s3");

    private string InData(string name) => Path.Combine(configuration.Read<DataOptions>().Directory, name);
}
