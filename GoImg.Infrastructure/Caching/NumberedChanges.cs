namespace GoImg.Infrastructure.Caching;

/// <summary>Numbers changes, and keeps the last number of each of some thousand groups of ids: what is remembered may be forgotten for another's change,
/// and is never kept for want of its own. Safe on many threads.</summary>
internal sealed class NumberedChanges
{
    public const int Groups = 4096;

    private readonly long[] _lastOfGroup = new long[Groups];
    private long _lastOfAll;
    private long _last;

    public long Last => Interlocked.Read(ref _last);

    public void Note(Guid id) => Raise(ref _lastOfGroup[GroupOf(id)]);

    /// <summary>Anything may have changed.</summary>
    public void NoteAll() => Raise(ref _lastOfAll);

    /// <summary>Number of the last change that may have struck the id.</summary>
    public long LastOf(Guid id) => Math.Max(Volatile.Read(ref _lastOfGroup[GroupOf(id)]), Volatile.Read(ref _lastOfAll));

    /// <summary>No change after that one struck the id.</summary>
    public bool NoneSince(long change, Guid id) => LastOf(id) <= change;

    public static int GroupOf(Guid id) => (int)((uint)id.GetHashCode() % Groups);

    // Whoever has the higher number wins, whichever of two comes first.
    private void Raise(ref long place)
    {
        var change = Interlocked.Increment(ref _last);
        for (var seen = Volatile.Read(ref place); seen < change; )
        {
            var before = Interlocked.CompareExchange(ref place, change, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
