using System.Collections.Concurrent;
using System.Security.Cryptography;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GoImg.Infrastructure.LiveUpdates;

/// <summary>One connection that listens for this process and, by the advisory lock it holds, shows the others that the process lives.
/// Reconnects by itself; what was sent meanwhile is lost, so each reconnect counts as a signal on every channel.</summary>
internal sealed partial class PostgresSignals(NpgsqlDataSource database, TimeProvider time, ILogger<PostgresSignals> logger)
    : BackgroundService,
        IChangeSignals
{
    public const string Jobs = "goimg_jobs";
    public const string Changes = "goimg_changes";

    // A silent connection is asked for a sign of life this often, so that one that died without a word is noticed.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Action<string?>, string> _listeners = new();
    private volatile TaskCompletionSource _connected = NewPromise();
    private volatile bool _areHeard;

    /// <summary>Names this process in the database while it runs.</summary>
    public int NodeId { get; } = RandomNumberGenerator.GetInt32(1, int.MaxValue);

    bool IChangeSignals.AreHeard => _areHeard;

    public Task WaitUntilConnectedAsync(CancellationToken cancellationToken) => _connected.Task.WaitAsync(cancellationToken);

    /// <summary>Calls <paramref name="listener"/> with each payload, with null after a gap. It must be quick and not throw.</summary>
    public IDisposable Subscribe(string channel, Action<string?> listener)
    {
        // A delegate of its own, so that the same method can be subscribed twice.
        Action<string?> entry = payload => listener(payload);
        _listeners[entry] = channel;
        return new Subscription(() => _listeners.TryRemove(entry, out _));
    }

    public async Task SendAsync(string channel, string payload, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.Add(new() { Value = channel });
        command.Parameters.Add(new() { Value = payload });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    Task IChangeSignals.SendAsync(string payload, CancellationToken cancellationToken) => SendAsync(Changes, payload, cancellationToken);

    IDisposable IChangeSignals.Subscribe(Action<string?> listener) => Subscribe(Changes, listener);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested; )
        {
            try
            {
                await ListenAsync(() => failures = 0, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The catch-all: without the database, try again, a little later each time up to four seconds.
                if (failures == 0)
                    LogLost(logger, failure);
                failures = Math.Min(failures + 1, 4);
            }

            if (_connected.Task.IsCompleted)
                _connected = NewPromise();
            await Task.Delay(TimeSpan.FromMilliseconds(250 << failures), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(Action onConnected, CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, signal) => Dispatch(signal.Channel, signal.Payload);
        try
        {
            await using (
                var listen = new NpgsqlCommand(
                    $"LISTEN {Jobs}; LISTEN {Changes}; SELECT pg_advisory_lock({JobQueue.HolderLocks}, {NodeId})",
                    connection
                )
            )
                await listen.ExecuteNonQueryAsync(stoppingToken);

            onConnected();
            _connected.TrySetResult();
            Dispatch(Jobs, null);
            Dispatch(Changes, null);
            _areHeard = true;
            while (true)
            {
                if (await connection.WaitAsync(Silence, stoppingToken))
                    continue;
                await using var ping = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 10 };
                await ping.ExecuteNonQueryAsync(stoppingToken);
            }
        }
        finally
        {
            _areHeard = false;
            // Ends this connection, and what it listens to and holds, instead of keeping it for others.
            database.Clear();
        }
    }

    private void Dispatch(string channel, string? payload)
    {
        foreach (var (listener, _) in _listeners.Where(l => l.Value == channel))
            listener(payload);
    }

    private static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    [LoggerMessage(LogLevel.Warning, "The connection for notifications was lost; live updates wait until it is back.")]
    private static partial void LogLost(ILogger logger, Exception failure);
}
