namespace GoImg.Core.Events;

/// <summary>Something that happened, told in ids. An aggregate records it, the unit of work turns it into jobs in the same commit and into reactions after it.
/// Every kind has a <see cref="EventNameAttribute"/>.</summary>
public abstract record DomainEvent;

/// <summary>What an event is called in stored jobs: such as <c>image.published</c>, never changed. Raise <see cref="Version"/> when its JSON changes
/// in a way that older JSON does not fit, and implement <see cref="IUpgradedEvent"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventNameAttribute(string name) : Attribute
{
    public string Name => name;

    public int Version { get; init; } = 1;
}
