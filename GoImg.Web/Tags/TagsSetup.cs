namespace GoImg.Web.Tags;

internal static class TagsSetup
{
    public static void AddTags(this IServiceCollection services) => services.AddSingleton<PopularTags>();
}
