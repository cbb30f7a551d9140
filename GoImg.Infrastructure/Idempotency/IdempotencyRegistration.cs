using GoImg.Core.Idempotency;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Idempotency;

public static class IdempotencyRegistration
{
    public static IServiceCollection AddIdempotencyKeys(this IServiceCollection services)
    {
        services.AddSingleton<IIdempotencyKeys, IdempotencyKeys>();
        services.AddJobHandler<ForgetIdempotencyKeysJob, ForgetIdempotencyKeys>(concurrency: 1);
        services.AddRecurringJob(new ForgetIdempotencyKeysJob(), TimeSpan.FromHours(1));
        return services;
    }
}
