using GoImg.Core.Accounts;
using GoImg.Core.Social;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Social;

public static class SocialRegistration
{
    /// <summary>Likes and comments.</summary>
    public static IServiceCollection AddSocial(this IServiceCollection services)
    {
        services.AddScoped<ILikes, LikeRepository>();
        services.AddScoped<ILikeQueries, LikeQueries>();
        services.AddScoped<LikeService>();
        services.AddScoped<IComments, CommentRepository>();
        services.AddScoped<ICommentQueries, CommentQueries>();
        services.AddScoped<CommentService>();
        services.AddJobHandler<RecountMemberJob, RecountMember>(concurrency: 1);
        services.AddEventJob<MemberSanctioned, RecountMemberJob>(e => new(e.MemberId));
        services.AddEventJob<MemberReinstated, RecountMemberJob>(e => new(e.MemberId));
        return services;
    }
}
