using GoImg.Core.Audit;
using GoImg.Core.Moderation;
using GoImg.Infrastructure.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Moderation;

public static class ModerationRegistration
{
    /// <summary>Reports, decisions, notices and the audit log.</summary>
    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.AddScoped<AuditLog>();
        services.AddScoped<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddScoped<IAuditMemory>(provider => provider.GetRequiredService<AuditLog>());
        services.AddScoped<IAuditQueries, AuditQueries>();
        services.AddScoped<StaffViews>();

        services.AddScoped<ICases, CaseRepository>();
        services.AddScoped<IDecisions, DecisionRepository>();
        services.AddScoped<INotices, NoticeQueries>();
        services.AddScoped<MemberRows>();
        services.AddScoped<IModerationQueries, ModerationQueries>();

        services.AddScoped<Staff>();
        services.AddScoped<AccountVerdicts>();
        services.AddScoped<ReportImage>();
        services.AddScoped<ModerateImages>();
        services.AddScoped<ModerateMembers>();
        services.AddScoped<UndoDecision>();
        return services;
    }
}
