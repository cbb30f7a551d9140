using System.Collections.Concurrent;
using GoImg.Core.Accounts;
using GoImg.Core.LiveUpdates;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GoImg.Infrastructure.LiveUpdates;

/// <summary>Changes by signals to all nodes, so that a page on any node hears what a worker on any node did.</summary>
internal sealed partial class SignalledLiveUpdates : ILiveUpdates, IDisposable
{
    private readonly IChangeSignals _signals;
    private readonly ILogger<SignalledLiveUpdates> _logger;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<MemberId, ConcurrentDictionary<Listener, byte>> _listeners = new();

    public SignalledLiveUpdates(IChangeSignals signals, ILogger<SignalledLiveUpdates> logger)
    {
        (_signals, _logger) = (signals, logger);
        _subscription = signals.Subscribe(Dispatch);
    }

    public async Task PublishAsync(LiveUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            await _signals.SendAsync(ChangePayload.Of(update), cancellationToken);
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
        if (ChangePayload.Read(payload) is not { } update)
            return;

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

    private sealed class Listener(MemberId member, Action<LiveUpdate> callback, SignalledLiveUpdates bus) : IDisposable
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
