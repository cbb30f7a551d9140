using GoImg.Core.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Audit;

public static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddScoped<AuditLog>();
        services.AddScoped<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddScoped<IAuditMemory>(provider => provider.GetRequiredService<AuditLog>());
        services.AddScoped<StaffLooks>();
        services.AddScoped<IAuditQueries, AuditQueries>();
        return services;
    }
}
