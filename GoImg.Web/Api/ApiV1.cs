using GoImg.Core.Accounts;
using GoImg.Web.Accounts;
using GoImg.Web.Albums;
using GoImg.Web.Export;
using GoImg.Web.Http;
using GoImg.Web.Images;
using GoImg.Web.Moderation;
using GoImg.Web.Search;
using GoImg.Web.Social;
using GoImg.Web.Tags;
using GoImg.Web.Uploads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Api;

/// <summary>The ground of the REST API: one group, one way to sign in, one way to answer.</summary>
internal static class ApiV1
{
    public const string Prefix = "/api/v1";

    /// <summary>Far more than any body but a file needs.</summary>
    public const int MaxJsonBytes = 256 * 1024;

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        // What can't be bound is answered with its reason, by ApiExceptionHandler.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddAuthentication().AddBearer();
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.AddSingleton<ApiLinks>();
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
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            // Of tokens alone, which may lack the scope.
            .ProducesProblem(StatusCodes.Status403Forbidden);
        ((IEndpointConventionBuilder)api).Finally(RefusesVisitors);
        ((IEndpointConventionBuilder)api).Finally(RefusesOtherContent);
        api.AnswerHeadLikeGet();
        api.MapAccounts();
        api.MapPersonalAccessTokens();
        api.MapImages();
        api.MapImageLists();
        api.MapSearchApi();
        api.MapTagsApi();
        api.MapSocial();
        api.MapAlbumsApi();
        api.MapGroup("/uploads").WithScope(TokenScope.Upload).MapTus();
        api.MapModeration();
        api.MapExportApi();
        api.MapGroup("").WithScope(TokenScope.Read).MapHealth();
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

    // Of JSON bodies: how large they get, and what else is refused. Who reads the body otherwise says so itself.
    private static void RefusesOtherContent(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IAcceptsMetadata>().Any(body => body.ContentTypes.Contains("application/json")))
        {
            endpoint.Metadata.Add(new RequestSizeLimitAttribute(MaxJsonBytes));
            Add(StatusCodes.Status400BadRequest);
            Add(StatusCodes.Status413PayloadTooLarge);
            Add(StatusCodes.Status415UnsupportedMediaType);
        }

        if (endpoint.Metadata.OfType<HasVersions>().Any() && endpoint.Metadata.OfType<IHttpMethodMetadata>().Any(IsRead))
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
        if (ContentNegotiation.AnswersJson(endpoint.Metadata))
            Add(StatusCodes.Status406NotAcceptable);

        static bool IsRead(IHttpMethodMetadata methods) => methods.HttpMethods.Contains(HttpMethods.Get);

        void Add(int status)
        {
            if (!endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(answer => answer.StatusCode == status))
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }
    }
}
