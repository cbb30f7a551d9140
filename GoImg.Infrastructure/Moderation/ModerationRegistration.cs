using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Moderation;
using GoImg.Core.Moderation.Subjects;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Moderation;

public static class ModerationRegistration
{
    /// <summary>Reports and decisions, and the job that ends suspensions.</summary>
    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.AddScoped<ModerationAccess>();
        services.AddScoped<AccountSanctions>();
        services.AddScoped<ModerationSubjects>();
        services.AddScoped<CaseClaims>();
        services.AddScoped<FileReport>();
        services.AddScoped<ClaimCase>();
        services.AddScoped<DecideOnSubject>();
        services.AddScoped<ModerateMembers>();
        services.AddScoped<UndoDecision>();
        services.AddScoped<ICases, CaseRepository>();
        services.AddScoped<ISanctionReasons, SanctionReasons>();
        services.AddScoped<IDecisions, DecisionRepository>();
        services.AddScoped<MemberRows>();
        services.AddScoped<SubjectPreviews>();
        services.AddScoped<AlbumStaffViews>();
        services.AddScoped<IModerationQueries, ModerationQueries>();
        services.AddSingleton<OpenCaseCount>();
        services.AddSingleton<IOpenCaseCount>(p => p.GetRequiredService<OpenCaseCount>());
        services.AddHostedService(p => p.GetRequiredService<OpenCaseCount>());
        services.AddEventSubscriber<ImageDeleted, NoticeDeletedSubjects>("moderation.image_deleted");
        services.AddEventSubscriber<AlbumDeleted, NoticeDeletedSubjects>("moderation.album_deleted");
        services.AddJobHandler<LiftSuspensionJob, LiftSuspension>(concurrency: 1);
        services.AddEventJob<MemberSanctioned, LiftSuspensionJob>(
            e => e.Until is null ? null : new(e.MemberId),
            (e, time) => new JobOptions(Delay: e.Until is { } until && until > time.GetUtcNow() ? until - time.GetUtcNow() : TimeSpan.Zero)
        );
        return services;
    }
}
