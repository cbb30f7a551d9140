using GoImg.Core.Jobs;
using GoImg.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace GoImg.Infrastructure.Jobs;

public static class JobsRegistration
{
    /// <summary>What looks at the queue and, where this node works on jobs, what runs them. Needs the live updates; the queue itself comes with the database.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<JobsOptions>(configuration);
        services.AddSingleton<JobQueue>();
        services.AddSingleton<RetrySchedule>();
        services.AddSingleton<JobExecution>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<IJobBacklog, JobBacklog>();
        services.AddScoped<IJobQueries, JobQueries>();
        services.AddScoped<IDeadLetters, DeadLetters>();
        services.AddScoped<ManageJobs>();
        services.AddMetrics();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<JobMetrics>());
        if (!configuration.Read<NodeOptions>().Works)
            return services;

        services.AddHostedService(p => p.GetRequiredService<JobRunner>());
        services.AddHostedService<JobRescuer>();
        services.AddHostedService<RecurringJobs>();
        services.AddHostedService<JobCleaner>();
        return services;
    }

    /// <summary><paramref name="concurrency"/>: how many of this kind one process runs at a time.</summary>
    public static IServiceCollection AddJobHandler<TJob, THandler>(this IServiceCollection services, int concurrency)
        where TJob : IJob
        where THandler : class, IJobHandler<TJob>
    {
        services.AddSingleton<JobKind>(new JobKind<TJob>(concurrency));
        services.TryAddScoped<IJobHandler<TJob>, THandler>();
        return services;
    }

    /// <summary>Enqueues the job whenever its last one ended longer ago than <paramref name="interval"/>, at most a day.</summary>
    public static IServiceCollection AddRecurringJob<TJob>(this IServiceCollection services, TJob job, TimeSpan interval)
        where TJob : IJob => services.AddSingleton(RecurringJob.Of(job, interval));
}
