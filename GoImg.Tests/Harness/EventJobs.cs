using System.Text.Json;
using GoImg.Core.Jobs;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Harness;

/// <summary>Where no job runs by itself.</summary>
public static class EventJobs
{
    /// <summary>Runs the jobs that deliver events, and leaves them: they may run again.</summary>
    public static async Task DeliverAsync(IServiceProvider services)
    {
        await using var outer = services.CreateAsyncScope();
        var db = outer.ServiceProvider.GetRequiredService<GoImgDbContext>();
        var token = TestContext.Current.CancellationToken;
        foreach (var payload in await db.Set<JobRow>().Where(j => j.Kind == DeliverEventJob.Kind).Select(j => j.Payload).ToListAsync(token))
        {
            await using var scope = services.CreateAsyncScope();
            var handler = scope.ServiceProvider.GetRequiredService<IJobHandler<DeliverEventJob>>();
            var job = JsonSerializer.Deserialize<DeliverEventJob>(payload, JobJson.Options)!;
            Assert.IsType<JobOutcome.Done>(await handler.HandleAsync(job, new JobAttempt(1, 5), token));
        }
    }
}
