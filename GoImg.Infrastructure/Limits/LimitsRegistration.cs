using GoImg.Core.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Limits;

public static class LimitsRegistration
{
    public static IServiceCollection AddUseCounter(this IServiceCollection services) => services.AddSingleton<IUseCounter, InProcessUseCounter>();
}
