using GoImg.Web.Hosting;
using GoImg.Web.Http;
using GoImg.Web.Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Forms;

namespace GoImg.Web.Shell;

internal static class ShellSetup
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddLivePageLimit();
        services.AddScoped<AntiforgeryStateProvider, PageTokens>();
        services.AddCascadingAuthenticationState();
        return services;
    }

    /// <summary>Pages, and the few addresses the frame of a page itself needs.</summary>
    public static void MapShell(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets().AllowAnonymous();
        routes.MapTheme();
        routes.MapLanguage();
        routes.MapManifest();
        // Without Blazor's own frame-ancestors header, which would stand in the place of the whole policy (Http/SecurityHeaders.cs).
        var pages = routes
            .MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .AnswerHeadLikeGet();
        var isDevelopment = routes.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment();
        pages.Add(endpoint =>
        {
            if (!isDevelopment && endpoint.Metadata.OfType<DevelopmentOnlyAttribute>().Any())
                endpoint.Metadata.Add(new SuppressMatchingMetadata());
            // Islands are for signed-in members, and so is the circuit they live in.
            if (
                endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path }
                && path.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal)
            )
                endpoint.Metadata.Add(new AuthorizeAttribute());
        });
    }
}
