using System.Globalization;
using System.Text.Json;
using GoImg.Core.Rendering;
using GoImg.Core.Uploads;
using GoImg.Infrastructure.Integrity;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.Rendering;
using GoImg.Infrastructure.Scanning;
using GoImg.Infrastructure.Security;
using GoImg.Infrastructure.Storage;
using GoImg.Tests.Harness;
using GoImg.Web.Hosting;
using GoImg.Web.RateLimits;
using GoImg.Web.Shell;

namespace GoImg.Tests.Architecture;

/// <summary>appsettings.json, the options in the code and docs/CONFIGURATION.md say the same.</summary>
public sealed class ConfigurationTests
{
    // Only tests set these, so they are no part of what operators read.
    private static readonly string[] ForTests = ["Rendering:WorkerCommand"];

    private static readonly (string Section, object Defaults)[] Options =
    [
        ("Site", new SiteOptions()),
        ("DataProtection", new KeyEncryptionOptions()),
        ("Telemetry", new TelemetryOptions()),
        ("Limits", new RateLimitOptions()),
        ("Limits", new ImageLimits()),
        ("Storage", new StorageOptions()),
        ("Scanning", new ScanningSettings()),
        ("Rendering", new RenderOptions()),
        ("Jobs", new JobsSettings()),
        ("Integrity", new IntegritySettings()),
        ("Network", new NetworkOptions()),
        ("Uploads", new UploadsSettings()),
    ];

    [Fact]
    public void Every_option_in_the_code_is_in_appsettings_with_its_default()
    {
        var settings = Settings();

        foreach (var (section, defaults) in Options)
        {
            foreach (var property in defaults.GetType().GetProperties().Where(p => p.CanWrite))
            {
                var key = $"{section}:{property.Name}";
                if (ForTests.Contains(key))
                    continue;
                Assert.True(settings.TryGetValue(key, out var written), $"{key} is missing in appsettings.json.");
                Assert.Equal(TextOf(property.GetValue(defaults)), written);
            }
        }
    }

    [Fact]
    public void Every_key_of_appsettings_is_documented_and_every_documented_key_exists()
    {
        var keys = Settings().Keys.Where(key => !key.StartsWith("Logging:", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        var documented = File.ReadLines(Path.Combine(RepositoryPaths.Root, "docs", "CONFIGURATION.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .Where(key => key != "urls")
            .Order(StringComparer.Ordinal);

        Assert.Equal(keys, documented);
    }

    private static Dictionary<string, string> Settings()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Web, "appsettings.json")));
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Flatten(json.RootElement, "");
        return flat;

        void Flatten(JsonElement element, string path)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                flat[path] = element.ValueKind == JsonValueKind.Null ? "" : element.ToString();
                return;
            }

            foreach (var child in element.EnumerateObject())
                Flatten(child.Value, path.Length == 0 ? child.Name : $"{path}:{child.Name}");
        }
    }

    private static string TextOf(object? value) =>
        value switch
        {
            null => "",
            bool yes => yes ? "True" : "False",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
}
