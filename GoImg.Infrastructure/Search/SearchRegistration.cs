using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Search;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Search;

public static class SearchRegistration
{
    /// <summary>Search: its queries, its jobs, and after what they run.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddScoped<IImageSearch, ImageSearch>();
        services.AddScoped<SearchMatches>();
        services.AddScoped<SearchRanking>();
        services.AddScoped<SearchNeighbours>();
        services.AddScoped<Spelling>();
        services.AddSingleton<SearchBlocks>();
        services.AddScoped<SearchIndex>();

        // One at a time anyway (SearchIndex).
        services.AddJobHandler<IndexImageJob, IndexImage>(concurrency: 1);
        services.AddJobHandler<IndexMemberJob, IndexMember>(concurrency: 1);
        services.AddJobHandler<FillSearchIndexJob, FillSearchIndex>(concurrency: 1);
        services.AddRecurringJob(new FillSearchIndexJob(), TimeSpan.FromHours(1));

        // Whatever it was, it may be found by something else now. An original's damage aside: nothing is said of it.
        services.AddEventJob<IImageEvent, IndexImageJob>(
            e => e is OriginalDamaged or OriginalWhole ? null : new(e.ImageId),
            (e, _) => new JobOptions(MemberId: e.OwnerId.Value)
        );
        services.AddEventJob<ProfileEdited, IndexMemberJob>(e => new(e.MemberId));
        services.AddEventJob<MemberSanctioned, IndexMemberJob>(e => new(e.MemberId));
        services.AddEventJob<MemberReinstated, IndexMemberJob>(e => new(e.MemberId));
        return services;
    }
}
