using System.Collections.Concurrent;

namespace GoImg.Core.Accounts;

/// <summary>Answers of <see cref="SessionCheck"/> for two seconds, so that a page with forty images asks the database once.
/// A singleton; safe on many threads; holds at most <see cref="Capacity"/> answers.</summary>
public sealed class SessionCache
{
    public const int Capacity = 20_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<SessionId, (LiveSession? Session, DateTimeOffset At)> _answers = new();
    private long _generation;

    internal long Generation => Interlocked.Read(ref _generation);

    internal bool TryGet(SessionId id, DateTimeOffset now, out LiveSession? session)
    {
        var found =
            _answers.TryGetValue(id, out var answer) && now - answer.At < MaxAge && (answer.Session is null || now < answer.Session.ExpiresAt);
        session = answer.Session;
        return found;
    }

    internal void Store(SessionId id, LiveSession? session, DateTimeOffset now, long generation)
    {
        // An answer read before the last Clear may be from before the end it was called for.
        if (generation != Generation)
            return;
        if (_answers.Count >= Capacity)
            _answers.Clear();
        _answers[id] = (session, now);
        if (generation != Generation)
            _answers.TryRemove(id, out _);
    }

    internal void Clear()
    {
        Interlocked.Increment(ref _generation);
        _answers.Clear();
    }
}
