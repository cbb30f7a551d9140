using System.Diagnostics.Metrics;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace GoImg.Infrastructure.Redis;

/// <summary>The process's one connection to Redis, which all commands share. Nobody waits for it longer than <see cref="Patience"/>, nothing is kept for
/// later, and no failure is thrown: what Redis does not answer, its callers do without.</summary>
internal sealed partial class RedisConnection : PeriodicService
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(500);

    // One that takes longer is tried again; requests do not wait for it.
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(2);

    private const int Up = 1;
    private const int Down = 2;

    private readonly CircuitBreaker _breaker = new();
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly RedisOptions _options;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisConnection> _logger;
    private readonly Counter<long> _commands;
    private readonly Histogram<double> _duration;
    private ConnectionMultiplexer? _multiplexer;
    private int _told;

    /// <param name="patience">For tests of what Redis answers, on a machine that is busy with others; null is <see cref="Patience"/>.</param>
    public RedisConnection(RedisOptions options, TimeProvider time, IMeterFactory meters, ILogger<RedisConnection> logger, TimeSpan? patience = null)
        : base(ProbeInterval, time, logger)
    {
        (_options, _time, _logger, _patience) = (options, time, logger, patience ?? Patience);
        var meter = meters.Create("GoImg.Redis");
        _commands = meter.CreateCounter<long>(
            "goimg.redis.commands",
            null,
            "Commands by what became of them: answered, failed, or refused while Redis is away."
        );
        _duration = meter.CreateHistogram<double>("goimg.redis.duration", "s", "How long answered commands took.");
        meter.CreateObservableGauge("goimg.redis.up", () => IsUp ? 1 : 0, null, "1 while Redis answers.");
    }

    /// <summary>It answered when it was asked last.</summary>
    public bool IsUp => _breaker.IsClosed;

    /// <summary>Called on any thread when a connection was lost, and with it perhaps what was published meanwhile.</summary>
    public event EventHandler? Lost;

    /// <summary>In the key space of this site.</summary>
    public string Key(string name) => _options.KeyPrefix + name;

    /// <summary>Asks, unless Redis is away. A command that timed out may still be carried out.</summary>
    public async ValueTask<RedisReply<T>> TryAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        if (_breaker.IsClosed && _multiplexer is { } multiplexer)
            return await AskAsync(multiplexer, ask, isProbe: false);
        Count("refused");
        return default;
    }

    /// <summary>Has <paramref name="hear"/> called, one after the other, with the messages of a channel; answers whether that could be begun. The client asks
    /// for the channel again by itself after each new connection, and says nothing where it does not get it.</summary>
    public bool TryListen(string channel, Action<string> hear)
    {
        if (!_breaker.IsClosed || _multiplexer is not { } multiplexer)
            return false;
        try
        {
            multiplexer
                .GetSubscriber()
                .Subscribe(ChannelOf(channel), CommandFlags.FireAndForget)
                .OnMessage(message => hear(message.Message.ToString()));
            return true;
        }
        catch (RedisException)
        {
            return false;
        }
    }

    /// <summary>Ends all listening.</summary>
    public void Unlisten() => _multiplexer?.GetSubscriber().UnsubscribeAll(CommandFlags.FireAndForget);

    public async Task<bool> TryPublishAsync(string channel, string message) =>
        (await TryAsync(db => db.PublishAsync(ChannelOf(channel), message))).IsAnswered;

    /// <summary>Connects where there is no connection yet, and writes a few bytes: a server that takes none is no help. Answers whether it did.</summary>
    public async Task<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        if (await ConnectAsync(cancellationToken) is not { } multiplexer)
            return false;
        var probe = await AskAsync(multiplexer, db => db.StringSetAsync(Key("probe"), 1, TimeSpan.FromSeconds(10)), isProbe: true);
        if (probe.IsAnswered)
        {
            _breaker.Close();
            Tell(isUp: true);
        }

        return probe.IsAnswered;
    }

    /// <summary>For operators; null before the first connection.</summary>
    public string? ServerVersion => _multiplexer?.GetServers() is [var first, ..] && first.IsConnected ? first.Version.ToString() : null;

    public override void Dispose()
    {
        base.Dispose();
        _multiplexer?.Dispose();
        _connecting.Dispose();
    }

    protected override Task DoAsync(CancellationToken cancellationToken) => ProbeAsync(cancellationToken);

    private async Task<RedisReply<T>> AskAsync<T>(IConnectionMultiplexer multiplexer, Func<IDatabase, Task<T>> ask, bool isProbe)
    {
        var asked = _time.GetTimestamp();
        try
        {
            // The client's own time-outs are looked at once a second.
            var value = await ask(multiplexer.GetDatabase()).WaitAsync(_patience, _time);
            _breaker.Answered();
            Count("answered");
            _duration.Record(_time.GetElapsedTime(asked).TotalSeconds);
            return new(true, value);
        }
        catch (Exception failure) when (failure is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException)
        {
            Count("failed");
            if (isProbe)
                _breaker.Open();
            else if (failure is not RedisServerException)
                // An error was answered in time, and whether it is everyone's the probe finds out.
                _breaker.Failed();
            if (!_breaker.IsClosed)
                Tell(isUp: false, failure);
            return default;
        }
    }

    /// <summary>The client connects again by itself whatever happens later; null where not even the first attempt could be begun.</summary>
    private async Task<ConnectionMultiplexer?> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_multiplexer is { } connected)
            return connected;
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_multiplexer is null)
            {
                var multiplexer = await ConnectionMultiplexer.ConnectAsync(Configure(_options.ConnectionString!));
                multiplexer.ConnectionFailed += (_, _) => Lost?.Invoke(this, EventArgs.Empty);
                Volatile.Write(ref _multiplexer, multiplexer);
            }

            return _multiplexer;
        }
        catch (Exception failure) when (failure is RedisException or ArgumentException or System.Net.Sockets.SocketException)
        {
            Tell(isUp: false, failure);
            return null;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private ConfigurationOptions Configure(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.ClientName ??= "goimg";
        options.AllowAdmin = false;
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = (int)ConnectPatience.TotalMilliseconds;
        options.AsyncTimeout = options.SyncTimeout = (int)_patience.TotalMilliseconds;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        // Neither a channel nor a key that is not below the prefix.
        options.ConfigurationChannel = options.TieBreaker = "";
        // A connection that died without a word is given up after a few of these seconds.
        options.KeepAlive = 1;
        return options;
    }

    /// <summary>Says what changed, and nothing while it stays so.</summary>
    private void Tell(bool isUp, Exception? failure = null)
    {
        var state = isUp ? Up : Down;
        if (Interlocked.Exchange(ref _told, state) == state)
            return;
        if (isUp)
            LogUp(_logger);
        else
            LogDown(_logger, failure?.GetType().Name);
    }

    private RedisChannel ChannelOf(string name) => RedisChannel.Literal(Key(name));

    private void Count(string outcome) => _commands.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    [LoggerMessage(LogLevel.Warning, "Redis does not answer ({Failure}): until it does, limits are counted per node and nothing is shared.")]
    private static partial void LogDown(ILogger logger, string? failure);

    [LoggerMessage(LogLevel.Information, "Redis answers.")]
    private static partial void LogUp(ILogger logger);
}

/// <summary>What Redis answered, if it did.</summary>
internal readonly record struct RedisReply<T>(bool IsAnswered, T Value);
