using GoImg.Core.Accounts;
using GoImg.Web.Images;
using Microsoft.OpenApi;

namespace GoImg.Web.Api;

/// <summary>OpenAPI 3.1 made from the endpoints themselves, and a page to read it.</summary>
internal static class ApiDocument
{
    public const string Address = "/openapi/v1.json";
    public const string ReadingPage = "/api/docs";

    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["auth"] = "Accounts are made, signed in and out of; access tokens last 15 minutes and are renewed by refresh tokens.",
        ["users"] = "Members and their sessions.",
        ["tokens"] =
            "Personal access tokens, which let a program act for a member within scopes. They are made and revoked signed in, not with a token.",
        ["images"] = "Images one by one and in lists: upload, details, bytes, trash.",
        ["search"] = "Images by words and filters.",
        ["tags"] = "The words on images.",
        ["likes"] = "Who likes what.",
        ["comments"] = "What people say under images.",
        ["albums"] = "Choices of images in an order.",
        ["uploads"] = "Resumable uploads by tus 1.0.0, for any tus client.",
        ["moderation"] = "Reports of everyone; cases, decisions and bans of staff.",
        ["export"] = "Everything of one's own as a zip.",
        ["health"] = "For load balancers and monitors.",
    };

    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.ShouldInclude = endpoint =>
                    endpoint.HttpMethod != HttpMethods.Head
                    && endpoint.RelativePath?.StartsWith(ApiV1.Prefix[1..], StringComparison.OrdinalIgnoreCase) == true;
                options.AddSchemaTransformer<ApiSchemas>();
                options.AddOperationTransformer<ApiOperations>();
                options.AddDocumentTransformer(
                    (document, context, _) =>
                    {
                        document.Info = new OpenApiInfo
                        {
                            Title = "GoImg API",
                            Version = "v1",
                            Description = "Everything a member can do, over HTTP. Errors are problem+json (RFC 9457).",
                            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
                        };
                        document.Components ??= new OpenApiComponents();
                        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                        {
                            [BearerAuthentication.Name] = new OpenApiSecurityScheme
                            {
                                Type = SecuritySchemeType.Http,
                                Scheme = "bearer",
                                BearerFormat = "JWT",
                                Description = "The access_token of POST /auth/login. It may do whatever its member may.",
                            },
                            [PersonalTokenAuthentication.Name] = new OpenApiSecurityScheme
                            {
                                Type = SecuritySchemeType.Http,
                                Scheme = "bearer",
                                BearerFormat = TokenSecret.Prefix + "…",
                                Description =
                                    "A personal access token, made on the page of one's account or by POST /users/me/tokens. It needs the scope that an operation names (read, upload, write or export), and acts as a member even for staff.",
                            },
                        };
                        document.Security =
                        [
                            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerAuthentication.Name, document)] = [] },
                        ];
                        // Relative, so that the page works behind any proxy and no request's Host is repeated.
                        document.Servers = [new OpenApiServer { Url = "/" }];
                        // A number in a query is described as the integer it is.
                        document.Components.Schemas?.Remove(nameof(QueryNumber));
                        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
                            tag.Description = Tags.GetValueOrDefault(tag.Name!);
                        ApiExamples.Fill(document, context.ApplicationServices.GetRequiredService<IImageUrls>());
                        return Task.CompletedTask;
                    }
                );
            }
        );

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    public static void UseApiReadingPage(this IApplicationBuilder app) =>
        // It looks at every path it is shown with regular expressions.
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(ReadingPage, StringComparison.OrdinalIgnoreCase),
            reading =>
                reading.UseSwaggerUI(options =>
                {
                    options.RoutePrefix = ReadingPage[1..];
                    options.SwaggerEndpoint(Address, "GoImg API v1");
                    options.DocumentTitle = "GoImg API";
                    // What its own page lacks for everybody to read it.
                    options.InjectStylesheet("/css/api-docs.css");
                    options.InjectJavascript("/js/api-docs.js");
                })
        );
}
