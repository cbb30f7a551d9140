using GoImg.Core.RateLimits;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.RateLimits;

public static class RateLimitsRegistration
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services) =>
        services.AddSingleton<IRateLimitStore, InProcessRateLimitStore>();
}
