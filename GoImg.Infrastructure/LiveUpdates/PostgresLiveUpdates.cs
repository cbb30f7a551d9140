using System.Collections.Concurrent;
using GoImg.Core.Accounts;
using GoImg.Core.LiveUpdates;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GoImg.Infrastructure.LiveUpdates;

/// <summary>Changes through the database's notifications, so that a page on any node hears what a worker on any node did.</summary>
internal sealed partial class PostgresLiveUpdates : ILiveUpdates, IDisposable
{
    private readonly PostgresSignals _signals;
    private readonly ILogger<PostgresLiveUpdates> _logger;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<MemberId, ConcurrentDictionary<Listener, byte>> _listeners = new();

    public PostgresLiveUpdates(PostgresSignals signals, ILogger<PostgresLiveUpdates> logger)
    {
        (_signals, _logger) = (signals, logger);
        _subscription = signals.Subscribe(PostgresSignals.Changes, Dispatch);
    }

    public async Task PublishAsync(LiveUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            await _signals.SendAsync(PostgresSignals.Changes, $"{update.MemberId.Value:n}{update.Id:n}{update.Kind}", cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            // Best effort: a page that misses this reads the state when it looks next.
            LogNotSent(_logger, failure);
        }
    }

    public IDisposable Subscribe(MemberId member, Action<LiveUpdate> listener)
    {
        var entry = new Listener(member, listener, this);
        _listeners.GetOrAdd(member, _ => new())[entry] = 0;
        return entry;
    }

    public void Dispose() => _subscription.Dispose();

    private void Dispatch(string? payload)
    {
        if (
            payload is not { Length: > 64 }
            || !Guid.TryParseExact(payload.AsSpan(0, 32), "N", out var member)
            || !Guid.TryParseExact(payload.AsSpan(32, 32), "N", out var id)
        )
            return;

        var update = new LiveUpdate(new MemberId(member), payload[64..], id);
        if (_listeners.TryGetValue(update.MemberId, out var listeners))
            foreach (var listener in listeners.Keys)
                ThreadPool.UnsafeQueueUserWorkItem(Call, (listener, update), preferLocal: false);
    }

    private void Call((Listener Listener, LiveUpdate Update) call)
    {
        try
        {
            call.Listener.Callback(call.Update);
        }
        catch (Exception failure)
        {
            // One page's trouble must not end the process, which an unhandled exception on a pool thread would.
            LogListenerFailed(_logger, failure);
        }
    }

    private sealed class Listener(MemberId member, Action<LiveUpdate> callback, PostgresLiveUpdates bus) : IDisposable
    {
        public Action<LiveUpdate> Callback => callback;

        // The member's empty set stays: taking it away could race with the next page's arrival, and it is small.
        public void Dispose()
        {
            if (bus._listeners.TryGetValue(member, out var listeners))
                listeners.TryRemove(this, out _);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A change could not be announced; open pages show it when they are next loaded.")]
    private static partial void LogNotSent(ILogger logger, Exception failure);

    [LoggerMessage(LogLevel.Warning, "A page failed to take a change.")]
    private static partial void LogListenerFailed(ILogger logger, Exception failure);
}
