namespace GoImg.Web.Moderation;

internal static class ModerationSetup
{
    public static IServiceCollection AddModerationPages(this IServiceCollection services) => services.AddScoped<ReportTargets>();
}
