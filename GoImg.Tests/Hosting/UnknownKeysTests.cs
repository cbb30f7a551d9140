using GoImg.Core.Rendering;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Storage;
using GoImg.Infrastructure.Storage.S3;
using GoImg.Web.RateLimits;
using Microsoft.Extensions.Configuration;

namespace GoImg.Tests.Hosting;

public sealed class UnknownKeysTests
{
    [Fact]
    public void A_mistyped_key_is_named_with_the_one_that_was_meant()
    {
        string[] keys =
        [
            "Limits:MaxFileByte",
            "limits:maxframes",
            "Limits:UploadsPerHour",
            "Limits:RequestPerMinutes",
            "Limits:Colour",
            "Elsewhere:MaxFileByte",
        ];
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(keys.Select(key => KeyValuePair.Create<string, string?>(key, "1")))
            .Build();

        var unknown = UnknownKeys.Find(configuration, [new("Limits", typeof(ImageLimits)), new("Limits", typeof(RateLimitOptions))]);

        Assert.Equal(
            [("Limits:Colour", null), ("Limits:MaxFileByte", "Limits:MaxFileBytes"), ("Limits:RequestPerMinutes", "Limits:RequestsPerMinute")],
            unknown.OrderBy(found => found.Key, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_section_within_a_section_is_no_unknown_key_and_its_own_are_looked_at()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Storage:S3:Bucket"] = "one",
                    ["Storage:S3:Buket"] = "two",
                    ["Storage:S4:Bucket"] = "three",
                }
            )
            .Build();

        var unknown = UnknownKeys.Find(configuration, [new("Storage", typeof(StorageOptions)), new("Storage:S3", typeof(S3Options))]);

        Assert.Equal(
            [("Storage:S3:Buket", "Storage:S3:Bucket"), ("Storage:S4", "Storage:S3")],
            unknown.OrderBy(found => found.Key, StringComparer.Ordinal)
        );
    }
}
