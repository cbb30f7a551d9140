using GoImg.Core.Social;
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
        return services;
    }
}
