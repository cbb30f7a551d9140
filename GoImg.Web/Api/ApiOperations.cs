using System.Text;
using GoImg.Core.Accounts;
using GoImg.Web.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GoImg.Web.Api;

/// <summary>Gives each operation its id, and says which parameters are numbers and who may use it.</summary>
internal sealed class ApiOperations : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var (method, path) = (context.Description.HttpMethod!, context.Description.RelativePath!);
        operation.OperationId = IdOf(method, path);
        DescribeNumbers(operation, context);
        ApiParameters.Complete(operation, path);
        ApiParameters.Describe(operation, path);
        DescribeHeaders(operation, context);
        DescribeSecurity(operation, context);
        return Task.CompletedTask;
    }

    // What is not said here is the document's: a session.
    private static void DescribeSecurity(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var (method, metadata) = (context.Description.HttpMethod!, context.Description.ActionDescriptor.EndpointMetadata);
        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        var scope = metadata.OfType<TokenRule>().LastOrDefault()?.Scope;
        if (isOpen && (scope is null || HttpMethods.IsOptions(method) || operation.OperationId!.StartsWith("get_health", StringComparison.Ordinal)))
            operation.Security = [];
        else if (scope is { } needed)
            operation.Security = SecurityOf(context.Document, needed, isOpen);
        operation.Description = (isOpen, scope) switch
        {
            (_, { } needed) => $"A personal access token needs the scope {needed.Word()}.",
            (true, null) => null,
            (false, null) => "Not for personal access tokens.",
        };
    }

    // One of them will do; an empty one is no token at all, with which owners see less (OpenAPI 3.1, Operation Object).
    private static List<OpenApiSecurityRequirement> SecurityOf(OpenApiDocument? document, TokenScope scope, bool isOpen)
    {
        OpenApiSecurityRequirement session = new() { [new OpenApiSecuritySchemeReference(BearerAuthentication.Name, document)] = [] };
        OpenApiSecurityRequirement token = new()
        {
            [new OpenApiSecuritySchemeReference(PersonalTokenAuthentication.Name, document)] = [scope.Word()],
        };
        return isOpen ? [new(), session, token] : [session, token];
    }

    // A type that parses itself is any text to the framework.
    private static void DescribeNumbers(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var numbers = context
            .Description.ParameterDescriptions.Where(p => p.ParameterDescriptor?.ParameterType == typeof(QueryNumber?))
            .Select(p => p.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(p => numbers.Contains(p.Name!)) ?? [])
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" };
    }

    private static void DescribeHeaders(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var statuses = operation.Responses ?? [];
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IdempotentRequests.TakesKey>().Any())
            Take(
                IdempotentRequests.Header,
                "Sent again within 24 hours with the same key and the same body, the request creates nothing more and is answered as before, with Idempotency-Replayed: true."
            );
        if (statuses.ContainsKey("412"))
            Take("If-Match", "The ETag of what is to be changed. If somebody changed it since, the answer is 412 and nothing happens.");
        if (statuses.ContainsKey("304"))
            Take("If-None-Match", "The ETag of what one has already. If it is still so, the answer is 304 without a body.");
        foreach (var response in statuses.Values.OfType<OpenApiResponse>())
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            response.Headers[RequestIds.Header] = new OpenApiHeader
            {
                Description = "The request's id: the caller's own if it sent a well-formed one. The traceId of problems.",
                Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }

        void Take(string header, string description)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = header,
                    In = ParameterLocation.Header,
                    Description = description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        }
    }

    // By address, which is as stable as the API itself: "get_images_id_status".
    private static string IdOf(string method, string path)
    {
        var id = new StringBuilder(method.ToLowerInvariant());
        foreach (var segment in path[(ApiV1.Prefix.Length - 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries))
            id.Append('_').Append(segment.Trim('{', '}').Split(':')[0]);
        return id.ToString();
    }
}
