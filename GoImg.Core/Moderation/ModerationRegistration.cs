using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Moderation;

public static class ModerationRegistration
{
    /// <summary>The services of moderation and audit; their ports are registered by Infrastructure.</summary>
    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.AddScoped<Staff>();
        services.AddScoped<ModerationRules>();
        services.AddScoped<AccountSanctions>();
        services.AddScoped<ReportImage>();
        services.AddScoped<ModerateImages>();
        services.AddScoped<ModerateMembers>();
        services.AddScoped<UndoDecision>();
        services.AddScoped<ManageJobs>();
        return services;
    }
}
