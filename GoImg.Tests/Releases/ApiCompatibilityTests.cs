using System.Text.Json;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Releases;

/// <summary>What a client of a released API relies on is there for good: operations, parameters, statuses, fields of bodies and the words of enums.
/// Names of schemas are nobody's.</summary>
public sealed class ApiCompatibilityTests
{
    public static TheoryData<string> Versions => [.. Release.All.Select(release => release.Version)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Nothing_of_a_released_API_is_removed_or_renamed(string version)
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var released = await File.ReadAllTextAsync(
            Release.All.Single(release => release.Version == version).OpenApiFile,
            TestContext.Current.CancellationToken
        );
        var today = await app.Anonymous.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        Assert.Empty(Names(released).Except(Names(today)));
    }

    /// <summary>Everything a document names, each as one line.</summary>
    private static HashSet<string> Names(string text)
    {
        var document = JsonDocument.Parse(text).RootElement;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        foreach (var operation in path.Value.EnumerateObject())
        {
            var name = $"{operation.Name} {path.Name}";
            names.Add(name);
            foreach (var parameter in Items(operation.Value, "parameters"))
                names.Add($"{name} ?{parameter.GetProperty("name").GetString()}");
            if (operation.Value.TryGetProperty("requestBody", out var body))
                AddContent(body, $"{name} body");
            foreach (var response in operation.Value.GetProperty("responses").EnumerateObject())
            {
                names.Add($"{name} {response.Name}");
                AddContent(response.Value, $"{name} {response.Name}");
            }
        }

        return names;

        void AddContent(JsonElement holder, string at)
        {
            foreach (var media in Members(holder, "content"))
            {
                names.Add($"{at} {media.Name}");
                if (media.Value.TryGetProperty("schema", out var schema))
                    AddSchema(schema, at, []);
            }
        }

        void AddSchema(JsonElement schema, string at, string[] inside)
        {
            if (schema.TryGetProperty("$ref", out var reference))
            {
                var target = reference.GetString()!.Split('/')[^1];
                if (!inside.Contains(target))
                    AddSchema(document.GetProperty("components").GetProperty("schemas").GetProperty(target), at, [.. inside, target]);
                return;
            }

            foreach (var one in Items(schema, "oneOf"))
                AddSchema(one, at, inside);
            foreach (var word in Items(schema, "enum"))
                names.Add($"{at} = {word}");
            foreach (var property in Members(schema, "properties"))
            {
                names.Add($"{at}.{property.Name}");
                AddSchema(property.Value, $"{at}.{property.Name}", inside);
            }

            if (schema.TryGetProperty("items", out var items))
                AddSchema(items, at + "[]", inside);
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static IEnumerable<JsonProperty> Members(JsonElement of, string name) =>
        of.TryGetProperty(name, out var members) ? members.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
