using System.Text.Json;
using System.Text.Json.Nodes;
using GoImg.Core.Events;
using GoImg.Infrastructure.Events;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Events;

public sealed class EventCatalogTests
{
    private static readonly Dictionary<string, JsonObject> Stored = JsonSerializer.Deserialize<Dictionary<string, JsonObject>>(
        File.ReadAllText(Path.Combine(RepositoryPaths.Root, "GoImg.Tests/Events/stored-events.json"))
    )!;

    public static TheoryData<string, int> Versions { get; } =
    [.. EventCatalog.OfCore.Names.SelectMany(name => Enumerable.Range(1, name.Version).Select(version => (name.Name, version)))];

    /// <summary>Jobs wait over an upgrade. Add a new event or version to the file; never change or remove what is in it.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_version_of_every_event_stays_readable(string name, int version)
    {
        Assert.True(Stored.TryGetValue($"{name} {version}", out var json), $"stored-events.json has no {name} {version}.");

        var happened = EventCatalog.OfCore.Read(name, version, (JsonObject)json.DeepClone());

        var (newName, newVersion, newJson) = EventCatalog.OfCore.Write(happened);
        Assert.Equal(name, newName);
        Assert.True(JsonNode.DeepEquals(newJson, Stored[$"{name} {newVersion}"]), $"{name} is written as {newJson.ToJsonString()}.");
    }

    [Fact]
    public void No_event_that_was_stored_once_is_forgotten() =>
        Assert.Empty(Stored.Keys.Except(Versions.Select(row => $"{row.Data.Item1} {row.Data.Item2}")));

    [Fact]
    public void An_older_version_is_upgraded_step_by_step()
    {
        var catalog = new EventCatalog([typeof(Moved)]);

        var happened = catalog.Read("test.moved", 1, new JsonObject { ["where"] = "there" });

        Assert.Equal(new Moved("there", "by 2", "by 3"), happened);
    }

    [Theory]
    [InlineData("test.unknown", 1, """{"to":"a"}""", "There is no event test.unknown.")]
    [InlineData("test.moved", 4, """{"to":"a"}""", "test.moved has version 4; this program reads 1 to 3.")]
    [InlineData("test.moved", 0, """{"to":"a"}""", "test.moved has version 0; this program reads 1 to 3.")]
    [InlineData("test.moved", 3, """{"to":"a"}""", "missing required properties")]
    public void What_cannot_be_read_is_said(string name, int version, string json, string why)
    {
        var catalog = new EventCatalog([typeof(Moved)]);

        var refused = Assert.Throws<JsonException>(() => catalog.Read(name, version, JsonNode.Parse(json)!.AsObject()));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [EventName("test.moved", Version = 3)]
    private sealed record Moved(string To, string Second, string Third) : DomainEvent, IUpgradedEvent
    {
        public static JsonObject Upgrade(JsonObject json, int version) =>
            version == 1
                ? new JsonObject { ["to"] = (string?)json["where"], ["second"] = "by 2" }
                : new JsonObject
                {
                    ["to"] = (string?)json["to"],
                    ["second"] = (string?)json["second"],
                    ["third"] = "by 3",
                };
    }
}
