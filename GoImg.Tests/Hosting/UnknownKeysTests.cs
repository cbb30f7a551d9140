using GoImg.Core.Rendering;
using GoImg.Infrastructure.Configuration;
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
}
