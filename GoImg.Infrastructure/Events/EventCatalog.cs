using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using GoImg.Core.Events;
using GoImg.Infrastructure.Jobs;

namespace GoImg.Infrastructure.Events;

/// <summary>Events as JSON under a stable name and version. What an earlier release stored stays readable: its JSON is upgraded step by step.</summary>
internal sealed class EventCatalog
{
    private readonly FrozenDictionary<Type, EventNameAttribute> _names;

    private readonly FrozenDictionary<string, Type> _types;

    /// <summary>Throws when two have one name or one has none.</summary>
    public EventCatalog(IEnumerable<Type> events)
    {
        _names = events.ToFrozenDictionary(type => type, NameOf);
        _types = _names.ToFrozenDictionary(pair => pair.Value.Name, pair => pair.Key, StringComparer.Ordinal);
    }

    /// <summary>All of GoImg's.</summary>
    public static EventCatalog OfCore { get; } =
        new(typeof(DomainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract));

    public IReadOnlyCollection<EventNameAttribute> Names => _names.Values;

    public (string Name, int Version, JsonObject Json) Write(DomainEvent happened)
    {
        var name = _names[happened.GetType()];
        return (name.Name, name.Version, JsonSerializer.SerializeToNode(happened, happened.GetType(), JobJson.Options)!.AsObject());
    }

    /// <summary>Throws <see cref="JsonException"/> when the name is unknown, the version is a later release's or the JSON does not fit.</summary>
    public DomainEvent Read(string name, int version, JsonObject json)
    {
        if (!_types.TryGetValue(name, out var type))
            throw new JsonException($"There is no event {name}.");
        var current = _names[type].Version;
        if (version < 1 || version > current)
            throw new JsonException($"{name} has version {version}; this program reads 1 to {current}.");

        for (; version < current; version++)
            json = Upgrade(type, json, version);
        return (DomainEvent?)json.Deserialize(type, JobJson.Options) ?? throw new JsonException($"{name} is null.");
    }

    private static EventNameAttribute NameOf(Type type) =>
        type.GetCustomAttribute<EventNameAttribute>() ?? throw new InvalidOperationException($"{type} has no {nameof(EventNameAttribute)}.");

    private static JsonObject Upgrade(Type type, JsonObject json, int version)
    {
        var upgrade = type.IsAssignableTo(typeof(IUpgradedEvent)) ? type.GetMethod(nameof(IUpgradedEvent.Upgrade)) : null;
        return (JsonObject?)upgrade?.Invoke(null, [json, version])
            ?? throw new JsonException($"{type.Name} does not say how version {version} is upgraded.");
    }
}
