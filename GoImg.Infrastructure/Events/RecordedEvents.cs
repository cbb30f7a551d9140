using GoImg.Core.Events;
using GoImg.Infrastructure.Database;

namespace GoImg.Infrastructure.Events;

/// <summary>What happened in a scope and is not saved yet: what its aggregates recorded, and what a repository did without loading one.</summary>
internal sealed class RecordedEvents(GoImgDbContext db)
{
    private readonly List<DomainEvent> _added = [];

    public void Add(DomainEvent happened) => _added.Add(happened);

    /// <summary>All of them, once.</summary>
    public IReadOnlyList<DomainEvent> Take()
    {
        IReadOnlyList<DomainEvent> taken = [.. db.ChangeTracker.Entries<Aggregate>().SelectMany(entry => entry.Entity.TakeEvents()), .. _added];
        _added.Clear();
        return taken;
    }

    public void Clear() => _added.Clear();
}
