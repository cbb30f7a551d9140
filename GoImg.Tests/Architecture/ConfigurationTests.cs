using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Demo;
using GoImg.EmbeddedPostgres;
using GoImg.Infrastructure.Configuration;
using GoImg.Tests.Harness;
using GoImg.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Architecture;

/// <summary>The options in the code, appsettings.json and docs/CONFIGURATION.md say the same, and every value is checked.</summary>
public sealed class ConfigurationTests
{
    // Set by tests alone, and kept to be refused with the key that took its place: no part of what operators read.
    private static readonly string[] Unlisted = ["Rendering:WorkerCommand", "Jobs:Enabled"];

    // The framework's, which binds and documents them.
    private static readonly string[] OfTheFramework = ["AllowedHosts", "ConnectionStrings:GoImg", "urls"];

    // What one says when enqueueing, and what the private server is started with: neither is read from a section.
    private static readonly Type[] NoSettings = [typeof(JobOptions), typeof(EmbeddedPostgresOptions)];

    // Any text will do: words for people, an account (found out at the start of the private server), a password, a library's name, names that a server knows.
    private static readonly string[] AnyText =
    [
        "Site:Name",
        "Site:Description",
        "Database:RunAs",
        "Node:RunAs",
        "DataProtection:CertificatePassword",
        "Rendering:Library",
        "Storage:S3:Region",
        "Storage:S3:Bucket",
    ];

    // The largest number there is says "no limit", "as many as there are files for", or "never take an upload".
    private static readonly string[] AnyLargeNumber =
    [
        "Limits:MaxMemberBytes",
        "Network:MaxConnections",
        "Network:MaxLivePages",
        "Storage:ReserveBytes",
    ];

    private static readonly IReadOnlyList<OptionsSection> Sections =
    [
        .. Assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IValidatedOptions)))
            .Select(type => new OptionsSection((string)type.GetProperty(nameof(IValidatedOptions.Section))!.GetValue(null)!, type)),
    ];

    private static Assembly[] Assemblies =>
        [typeof(IValidatedOptions).Assembly, typeof(OptionsSection).Assembly, typeof(DemoOptions).Assembly, typeof(GoImgHost).Assembly];

    private static IEnumerable<(string Name, PropertyInfo Property, OptionsSection Section)> Keys =>
        from section in Sections
        from key in section.Keys
        where !Unlisted.Contains($"{section.Name}:{key.Name}")
        select ($"{section.Name}:{key.Name}", key, section);

    public static TheoryData<string, string> BadValues =>
        [.. from key in Keys from value in BadValuesOf(key.Name, key.Property) select new TheoryDataRow<string, string>(key.Name, value)];

    [Fact]
    public void Every_type_of_options_is_read_and_checked_in_the_one_way()
    {
        var named = Assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type =>
                type.IsClass && (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name.EndsWith("Settings", StringComparison.Ordinal))
            )
            .Where(type => type.IsPublic || type.IsNotPublic)
            .Where(type => !type.IsAbstract)
            .Except(NoSettings)
            .Except(Sections.Select(section => section.Type));

        Assert.DoesNotContain(named, type => type.Namespace!.StartsWith("GoImg", StringComparison.Ordinal));
        Assert.True(Sections.Count > 12);
    }

    [Fact]
    public async Task The_application_binds_every_type_of_options()
    {
        await using var app = await GoImgApp.StartAsync();

        var bound = app.Services.GetServices<OptionsSection>();

        Assert.Equal(Sections.Order(ByType), bound.Distinct().Order(ByType));
    }

    [Fact]
    public void Keys_are_read_in_no_other_way()
    {
        string[] ways = ["onfiguration[\"", "ettings[\"", "GetSection(", "GetValue<", "GetValue(\"", "GetConnectionString(", ".BindConfiguration("];
        (string File, string Reads)[] allowed =
        [
            ("GoImg.Infrastructure/Configuration/ValidatedOptions.cs", "the one way"),
            ("GoImg.Infrastructure/Configuration/UnknownKeys.cs", "names of keys, no values"),
            ("GoImg.Web/Accounts/SiteCookies.cs", "urls"),
            ("GoImg.Web/Commands/HealthCommand.cs", "urls, http_ports, AllowedHosts"),
            ("GoImg.Web/Hosting/DatabaseServer.cs", "ConnectionStrings"),
            ("GoImg.Web/Hosting/Failpoints.cs", "for tests"),
            ("GoImg.Web/Hosting/GoImgHost.cs", "Logging, and what it sets for the framework"),
            ("GoImg.Web/Hosting/NetworkSetup.cs", "AllowedHosts"),
        ];

        var readers = new[] { "GoImg.Core", "GoImg.DurableFiles", "GoImg.EmbeddedPostgres", "GoImg.Infrastructure", "GoImg.Web", "GoImg.Demo" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, project), "*.*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file) is var text && ways.Any(way => text.Contains(way, StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(RepositoryPaths.Root, file));

        Assert.Empty(readers.Except(allowed.Select(a => a.File)));
    }

    [Theory]
    [MemberData(nameof(BadValues))]
    public void A_value_that_cannot_be_is_refused_with_the_full_key(string key, string value)
    {
        var refused = Sections
            .Where(s => key.StartsWith(s.Name + ":", StringComparison.Ordinal))
            .Select(s => Refusal(s, key, value))
            .OfType<string>();

        Assert.Contains(refused, sentence => sentence.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_has_a_bad_value_unless_any_will_do()
    {
        var refusing = BadValues.Select(row => row.Data.Item1).Distinct();

        Assert.Equal(AnyText.Order(StringComparer.Ordinal), Keys.Select(key => key.Name).Except(refusing).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_defaults_are_good()
    {
        Assert.All(Sections, section => Assert.Null(Refusal(section)));
    }

    [Fact]
    public void Every_option_in_the_code_is_in_appsettings_with_its_default()
    {
        var settings = Settings();

        foreach (var (key, property, section) in Keys)
        {
            Assert.True(settings.TryGetValue(key, out var written), $"{key} is missing in appsettings.json.");
            Assert.Equal(TextOf(property.GetValue(Activator.CreateInstance(section.Type))), written);
        }
    }

    [Fact]
    public void Every_key_of_appsettings_is_read()
    {
        var unread = Settings()
            .Keys.Where(key => !key.StartsWith("Logging:", StringComparison.Ordinal))
            .Except(Keys.Select(key => key.Name))
            .Except(OfTheFramework);

        Assert.Empty(unread);
    }

    [Fact]
    public void Every_key_is_documented_and_every_documented_key_exists()
    {
        var keys = Keys.Select(key => key.Name).Concat(OfTheFramework).Order(StringComparer.Ordinal);

        Assert.Equal(keys, Documented().Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_documentation_says_of_each_key_when_it_takes_effect()
    {
        var documented = Documented().ToDictionary(row => row.Key, row => row.TakesEffect, StringComparer.Ordinal);

        Assert.All(
            Keys,
            key =>
                Assert.Equal(
                    (key.Name, key.Property.IsDefined(typeof(ReloadableAttribute)) ? "at once" : "at start"),
                    (key.Name, documented[key.Name])
                )
        );
    }

    private static IComparer<OptionsSection> ByType =>
        Comparer<OptionsSection>.Create((a, b) => string.CompareOrdinal(a.Type.FullName, b.Type.FullName));

    private static IEnumerable<string> BadValuesOf(string key, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (IsList(property))
            type = type.GetGenericArguments()[0];
        if (AnyText.Contains(key))
            yield break;
        // Whatever a text stands for, a file lies where it would be, or it is none of a few words.
        yield return type == typeof(string) || type == typeof(Uri) ? BadTextOf(property.Name) : "nonsense";
        if (type != typeof(int) && type != typeof(long) && type != typeof(TimeSpan))
            yield break;
        yield return "-1";
        if (AnyLargeNumber.Contains(key))
            yield break;
        yield return type == typeof(int) ? int.MaxValue.ToString(CultureInfo.InvariantCulture)
        : type == typeof(long) ? long.MaxValue.ToString(CultureInfo.InvariantCulture)
        : TimeSpan.MaxValue.ToString();
    }

    private static string BadTextOf(string name) =>
        name.EndsWith("Path", StringComparison.Ordinal) || name.EndsWith("File", StringComparison.Ordinal)
            ? Path.Combine(typeof(ConfigurationTests).Assembly.Location, "below-a-file")
            : "nonsense";

    private static bool IsList(PropertyInfo key) => key.PropertyType.IsGenericType && key.PropertyType.IsAssignableTo(typeof(IEnumerable));

    private static string? Refusal(OptionsSection section, string? key = null, string? value = null)
    {
        var set = key is null ? [] : new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value };
        // A list is one key and has its values below it.
        if (section.Keys.Any(k => $"{section.Name}:{k.Name}" == key && IsList(k)))
            set = new(StringComparer.Ordinal) { [key + ":0"] = value };
        var read = typeof(ValidatedOptions).GetMethod(nameof(ValidatedOptions.Read))!.MakeGenericMethod(section.Type);
        try
        {
            read.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [new ConfigurationBuilder().AddInMemoryCollection(set).Build()], null);
            return null;
        }
        catch (BadSettingException bad)
        {
            return bad.Message;
        }
    }

    private static IEnumerable<(string Key, string TakesEffect)> Documented() =>
        File.ReadLines(Path.Combine(RepositoryPaths.Root, "docs", "CONFIGURATION.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split(" | "))
            .Select(cells => (cells[0].Trim('|', ' ', '`'), cells[2]));

    private static Dictionary<string, string> Settings()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Web, "appsettings.json")));
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Flatten(json.RootElement, "");
        return flat;

        void Flatten(JsonElement element, string path)
        {
            // What has names of its own below it is one key.
            if (Keys.Any(key => key.Name == path && key.Property.PropertyType.IsAssignableTo(typeof(IReadOnlyDictionary<string, int>))))
            {
                flat[path] = TextOf(element.EnumerateObject().ToDictionary(size => size.Name, size => size.Value.GetInt32()));
                return;
            }

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
            IReadOnlyDictionary<string, int> named => string.Join(", ", named.Select(one => $"{one.Key} {one.Value}")),
            bool yes => yes ? "True" : "False",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
}
