using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GoImg.Web.Api;

/// <summary>Gives each operation its id, and says where no token is needed.</summary>
internal sealed class ApiOperations : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var (method, path) = (context.Description.HttpMethod!, context.Description.RelativePath!);
        operation.OperationId = IdOf(method, path);
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
            operation.Security = (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) && !path.Contains("/health/", StringComparison.Ordinal) ? OwnersSeeMore(context.Document) : [];
        return Task.CompletedTask;
    }

    // By address, which is as stable as the API itself: "get_images_id_status".
    private static string IdOf(string method, string path)
    {
        var id = new StringBuilder(method.ToLowerInvariant());
        foreach (var segment in path[(ApiV1.Prefix.Length - 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries))
            id.Append('_').Append(segment.Trim('{', '}').Split(':')[0]);
        return id.ToString();
    }

    // An empty requirement beside the token's: either will do (OpenAPI 3.1, Operation Object).
    private static List<OpenApiSecurityRequirement> OwnersSeeMore(OpenApiDocument? document) =>
        [new(), new() { [new OpenApiSecuritySchemeReference(BearerAuthentication.Name, document)] = [] }];
}
