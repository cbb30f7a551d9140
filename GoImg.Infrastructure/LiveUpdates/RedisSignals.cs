using System.Collections.Concurrent;
using System.Globalization;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.Redis;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.LiveUpdates;

/// <summary>Changes by Redis, which tells all nodes in a fraction of the time; through the database whenever Redis does not take one, which every node
/// hears as well. That this node hears what Redis sends it proves to itself: by a beat of its own.</summary>
internal sealed partial class RedisSignals : PeriodicService, IChangeSignals
{
    private const string Changes = "changes";
    private const int MostDeafBeats = 10;

    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(500);

    // Some beats may be late.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Action<string?>, byte> _listeners = new();
    private readonly string _own = "node:" + Guid.CreateVersion7().ToString("n");
    private readonly RedisConnection _redis;
    private readonly IChangeSignals _database;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisSignals> _logger;
    private readonly IDisposable _subscription;

    private readonly Lock _hearing = new();

    // Beats up to this one say nothing: they may have come before a connection was lost.
    private long _lostAt;
    private long _sent;
    private long _heardAt;
    private volatile bool _isHeard;
    private bool _listens;
    private int _deafBeats;

    public RedisSignals(RedisConnection redis, PostgresSignals database, TimeProvider time, ILogger<RedisSignals> logger)
        : base(BeatInterval, time, logger)
    {
        (_redis, _database, _time, _logger) = (redis, database, time, logger);
        _subscription = _database.Subscribe(Dispatch);
        _redis.Lost += Lose;
    }

    public bool AreHeard => IsBeating && _database.AreHeard;

    private bool IsBeating => _isHeard && _time.GetElapsedTime(Interlocked.Read(ref _heardAt)) < Silence;

    public async Task SendAsync(string payload, CancellationToken cancellationToken)
    {
        if (!await _redis.TryPublishAsync(Changes, payload))
            await _database.SendAsync(payload, cancellationToken);
    }

    public IDisposable Subscribe(Action<string?> listener)
    {
        // A delegate of its own, so that the same method can be subscribed twice.
        Action<string?> entry = payload => listener(payload);
        _listeners[entry] = 0;
        return new Subscription(() => _listeners.TryRemove(entry, out _));
    }

    public override void Dispose()
    {
        _redis.Lost -= Lose;
        _subscription.Dispose();
        base.Dispose();
    }

    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        _deafBeats = _redis.IsUp && !IsBeating ? _deafBeats + 1 : 0;
        if (_deafBeats == MostDeafBeats)
            LogDeaf(_logger);
        if (_deafBeats > 0 && _deafBeats % MostDeafBeats == 0)
        {
            _redis.Unlisten();
            _listens = false;
        }

        _listens = _listens || (_redis.TryListen(Changes, Dispatch) && _redis.TryListen(_own, HearBeat));
        if (_listens)
            await _redis.TryPublishAsync(_own, Interlocked.Increment(ref _sent).ToString(CultureInfo.InvariantCulture));
    }

    private void HearBeat(string beat)
    {
        lock (_hearing)
        {
            if (!long.TryParse(beat, CultureInfo.InvariantCulture, out var number) || number <= _lostAt)
                return;
            if (!IsBeating)
                // What was sent meanwhile is lost. Whoever trusts the signals again has been told so before.
                Dispatch(null);
            Interlocked.Exchange(ref _heardAt, _time.GetTimestamp());
            _isHeard = true;
        }
    }

    private void Lose(object? sender, EventArgs e)
    {
        lock (_hearing)
        {
            _isHeard = false;
            _lostAt = Interlocked.Read(ref _sent);
        }
    }

    private void Dispatch(string? payload)
    {
        foreach (var listener in _listeners.Keys)
            listener(payload);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Redis answers, and lets this node hear no channel: changes reach it through the database, and no cache is shared."
    )]
    private static partial void LogDeaf(ILogger logger);
}
