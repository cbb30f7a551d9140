namespace GoImg.Core.Events;

/// <summary>What is loaded, changed and saved as one, and records what happened to it.</summary>
public abstract class Aggregate
{
    private List<DomainEvent>? _events;

    /// <summary>What happened since the last call, in order. The unit of work calls it.</summary>
    public IReadOnlyList<DomainEvent> TakeEvents()
    {
        IReadOnlyList<DomainEvent> taken = _events ?? [];
        _events = null;
        return taken;
    }

    protected void Record(DomainEvent happened) => (_events ??= []).Add(happened);
}
