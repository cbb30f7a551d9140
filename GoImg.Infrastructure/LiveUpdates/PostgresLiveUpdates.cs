using System.Collections.Concurrent;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
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

    public async Task PublishAsync(ImageChanged change, CancellationToken cancellationToken)
    {
        try
        {
            await _signals.SendAsync(PostgresSignals.Changes, $"{change.OwnerId.Value:n}{change.ImageId.Value:n}", cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            // Best effort: a page that misses this reads the state when it looks next.
            LogNotSent(_logger, failure);
        }
    }

    public IDisposable Subscribe(MemberId owner, Action<ImageChanged> listener)
    {
        var entry = new Listener(owner, listener, this);
        _listeners.GetOrAdd(owner, _ => new())[entry] = 0;
        return entry;
    }

    public void Dispose() => _subscription.Dispose();

    private void Dispatch(string? payload)
    {
        if (
            payload is not { Length: 64 }
            || !Guid.TryParseExact(payload[..32], "N", out var owner)
            || !Guid.TryParseExact(payload[32..], "N", out var image)
        )
            return;

        var change = new ImageChanged(new MemberId(owner), new ImageId(image));
        if (_listeners.TryGetValue(change.OwnerId, out var listeners))
            foreach (var listener in listeners.Keys)
                ThreadPool.UnsafeQueueUserWorkItem(Call, (listener, change), preferLocal: false);
    }

    private void Call((Listener Listener, ImageChanged Change) call)
    {
        try
        {
            call.Listener.Callback(call.Change);
        }
        catch (Exception failure)
        {
            // One page's trouble must not end the process, which an unhandled exception on a pool thread would.
            LogListenerFailed(_logger, failure);
        }
    }

    private sealed class Listener(MemberId owner, Action<ImageChanged> callback, PostgresLiveUpdates bus) : IDisposable
    {
        public Action<ImageChanged> Callback => callback;

        // The member's empty set stays: taking it away could race with the next page's arrival, and it is small.
        public void Dispose()
        {
            if (bus._listeners.TryGetValue(owner, out var listeners))
                listeners.TryRemove(this, out _);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A change could not be announced; open pages show it when they are next loaded.")]
    private static partial void LogNotSent(ILogger logger, Exception failure);

    [LoggerMessage(LogLevel.Warning, "A page failed to take a change.")]
    private static partial void LogListenerFailed(ILogger logger, Exception failure);
}
