using GoImg.Web.Accounts;
using GoImg.Web.Export;
using GoImg.Web.Http;
using GoImg.Web.Images;
using GoImg.Web.Moderation;
using GoImg.Web.Uploads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Api;

/// <summary>The ground of the REST API: one group, one way to sign in, one way to answer.</summary>
internal static class ApiV1
{
    public const string Prefix = "/api/v1";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        // What can't be bound is answered with its reason, by ApiExceptionHandler.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddAuthentication().AddBearer();
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.AddApiDocument();
        return services;
    }

    /// <summary>The group every endpoint of the API hangs below. It asks for a signed-in member unless the endpoint says <c>AllowAnonymous</c>.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapApiDocument();
        var api = routes
            .MapGroup(Prefix)
            .RequireAuthorization(new AuthorizationPolicyBuilder(BearerAuthentication.Name).RequireAuthenticatedUser().Build())
            // No cookie is taken here, so no other site can make a browser act.
            .DisableAntiforgery()
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        ((IEndpointConventionBuilder)api).Finally(RefusesVisitors);
        api.AnswerHeadLikeGet();
        api.MapAccounts();
        api.MapImages();
        api.MapGroup("/uploads").MapTus();
        api.MapModeration();
        api.MapExportApi();
        api.MapHealth();
        return api;
    }

    public static bool IsApi(this HttpContext http) => Has(http.Request.Path);

    public static bool Has(PathString path) => path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);

    // For the document; where visitors are welcome, a token that is no good is as none.
    private static void RefusesVisitors(EndpointBuilder endpoint)
    {
        if (!endpoint.Metadata.OfType<IAllowAnonymous>().Any())
            endpoint.Metadata.Add(
                new ProducesResponseTypeMetadata(StatusCodes.Status401Unauthorized, typeof(ProblemDetails), ["application/problem+json"])
            );
    }
}
