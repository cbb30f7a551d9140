using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.LiveUpdates;

namespace GoImg.Infrastructure.Caching;

/// <summary>What this node knows of recent changes, its own and those it heard of: whoever shares answers with other nodes asks here whether an older one may
/// be among them. Needs no clock that nodes agree on, and no node to clean up after itself. A singleton; safe on many threads.</summary>
internal sealed class RecentChanges : IDisposable
{
    private readonly NumberedChanges _changes = new();
    private readonly IChangeSignals _signals;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;

    private readonly long[] _changedAt = new long[NumberedChanges.Groups];
    private readonly List<Action<LiveUpdate?>> _followers = [];
    private long _allChangedAt;

    public RecentChanges(IChangeSignals signals, TimeProvider time)
    {
        (_signals, _time) = (signals, time);
        // Nothing is known of what came before.
        NoteAll();
        _subscription = signals.Subscribe(Hear);
    }

    /// <summary>This node would hear of a change that another made now.</summary>
    public bool AreHeard => _signals.AreHeard;

    /// <summary>Number of the last change of anything.</summary>
    public long Last => _changes.Last;

    public void Note(Guid id)
    {
        Interlocked.Exchange(ref _changedAt[NumberedChanges.GroupOf(id)], _time.GetTimestamp());
        _changes.Note(id);
    }

    public void NoteAll()
    {
        Interlocked.Exchange(ref _allChangedAt, _time.GetTimestamp());
        _changes.NoteAll();
    }

    /// <summary>Number of the last change that may have struck the id.</summary>
    public long LastOf(Guid id) => _changes.LastOf(id);

    /// <summary>No change after that one struck the id.</summary>
    public bool NoneSince(long change, Guid id) => _changes.NoneSince(change, id);

    /// <summary>No change struck the id for so long, and this node would have heard of one.</summary>
    public bool NothingFor(TimeSpan time, Guid id) =>
        AreHeard
        && _time.GetElapsedTime(Interlocked.Read(ref _changedAt[NumberedChanges.GroupOf(id)])) >= time
        && _time.GetElapsedTime(Interlocked.Read(ref _allChangedAt)) >= time;

    /// <summary>Calls <paramref name="follower"/> with whatever is heard, with null after a gap, when it is known here: who asks because of it finds nothing
    /// older. For those who live as long as this.</summary>
    public void Follow(Action<LiveUpdate?> follower)
    {
        lock (_followers)
            _followers.Add(follower);
    }

    public void Dispose() => _subscription.Dispose();

    private void Hear(string? payload)
    {
        var update = ChangePayload.Read(payload);
        if (update is null)
            NoteAll();
        else
            Note(update.Id);
        lock (_followers)
            _followers.ForEach(follower => follower(update));
    }
}
