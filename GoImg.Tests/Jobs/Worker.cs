using System.Collections.Concurrent;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Infrastructure.Redis;
using GoImg.Tests.Harness;
using GoImg.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GoImg.Tests.Jobs;

public sealed record Errand(string Name) : IJob
{
    public static string Kind => "test.errand";
}

/// <summary>One worker node over a real database, whose errands do what the test says.</summary>
public sealed class Worker : IAsyncDisposable
{
    private readonly IHost _host;

    private Worker(IHost host, string connectionString, Script script) => (_host, ConnectionString, Does) = (host, connectionString, script);

    public static JobsOptions Quick { get; } =
        new()
        {
            Lease = TimeSpan.FromSeconds(2),
            Heartbeat = TimeSpan.FromSeconds(0.4),
            PollInterval = TimeSpan.FromMilliseconds(50),
            RescueInterval = TimeSpan.FromMilliseconds(100),
            ShutdownGrace = TimeSpan.FromSeconds(1),
            RetryDelays = [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10)],
        };

    public string ConnectionString { get; }

    public Script Does { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<Worker> StartAsync(
        Func<Errand, JobAttempt, IServiceProvider, CancellationToken, Task<JobOutcome>>? act = null,
        JobsOptions? settings = null,
        string? connectionString = null,
        int concurrency = 4,
        bool started = true,
        TimeProvider? time = null,
        LogLines? log = null,
        string? redis = null,
        bool patientRedis = false
    )
    {
        connectionString ??= await PostgresFixture.NewDatabaseAsync();
        var script = new Script(act ?? ((_, _, _, _) => Task.FromResult<JobOutcome>(new JobOutcome.Done())));
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log.ForAll());
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<IFailpoints, NoFailpoints>();
        builder.Services.AddDatabase(_ => connectionString);
        builder.Configuration["Redis:ConnectionString"] = redis;
        builder.Services.AddRedis(builder.Configuration);
        if (patientRedis)
            RedisNode.BePatient(builder.Services);
        builder.Services.AddLiveUpdates();
        builder.Services.AddJobs(builder.Configuration);
        builder.Services.AddSingleton(settings ?? Quick);
        builder.Services.AddSingleton(script);
        builder.Services.AddJobHandler<Errand, ErrandHandler>(concurrency);
        var worker = new Worker(builder.Build(), connectionString, script);
        if (started)
            await worker._host.StartAsync();
        return worker;
    }

    public Task StartAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync();

    public async Task EnqueueAsync(string name, JobOptions? options = null)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IJobQueue>().Enqueue(new Errand(name), options);
        Assert.True((await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(TestContext.Current.CancellationToken)).IsSuccess);
    }

    public async Task SqlAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public Task<long> CountAsync(string where = "true") => AskAsync<long>($"SELECT count(*) FROM jobs WHERE {where}");

    /// <summary>Waits until a job fulfils the condition.</summary>
    public Task SeesAsync(string where, long count = 1) =>
        Eventually.GetAsync(() => CountAsync(where), found => found == count, TimeSpan.FromSeconds(20));

    public Task SeesAsync(string where, Func<long, bool> isEnough) =>
        Eventually.GetAsync(() => CountAsync(where), isEnough, TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private sealed class NoFailpoints : IFailpoints
    {
        public ValueTask HitAsync(string name, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

/// <summary>What errands do, and which were run and given up, in order.</summary>
public sealed class Script(Func<Errand, JobAttempt, IServiceProvider, CancellationToken, Task<JobOutcome>> act)
{
    public ConcurrentQueue<(string Name, int Attempt)> Runs { get; } = new();

    public ConcurrentQueue<string> GivenUp { get; } = new();

    public Task<JobOutcome> RunAsync(Errand errand, JobAttempt attempt, IServiceProvider services, CancellationToken cancellationToken)
    {
        Runs.Enqueue((errand.Name, attempt.Number));
        return act(errand, attempt, services, cancellationToken);
    }
}

internal sealed class ErrandHandler(Script script, IServiceProvider services) : IJobHandler<Errand>
{
    public Task<JobOutcome> HandleAsync(Errand job, JobAttempt attempt, CancellationToken cancellationToken) =>
        script.RunAsync(job, attempt, services, cancellationToken);

    public Task OnDeadLetteredAsync(Errand job, CancellationToken cancellationToken)
    {
        script.GivenUp.Enqueue(job.Name);
        return Task.CompletedTask;
    }
}
