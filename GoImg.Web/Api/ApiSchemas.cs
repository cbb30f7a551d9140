using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GoImg.Web.Api;

/// <summary>Makes the document's schemas say what <see cref="ApiJson"/> and the contracts do, which the framework can't see by itself:
/// how enums and times are written, what is always there and what may be left out.</summary>
internal sealed class ApiSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
            DescribeEnum(schema, plain);
        else if (context.JsonTypeInfo.ElementType is { IsEnum: true } element)
            DescribeEnum((OpenApiSchema)(schema.Items ??= new OpenApiSchema()), element);
        else if (plain == typeof(DateTimeOffset))
            schema.Type = type == plain ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        else if (plain == typeof(ProblemDetails))
            DescribeProblem(schema);
        else if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && schema.Properties?.Count > 0)
            schema.Required = context.JsonTypeInfo.Properties.Where(IsAlwaysThere).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

        if (context.JsonPropertyInfo is { } property && (IsLeftOut(property) || Has<RequiredAttribute>(property)))
        {
            schema.Type &= ~JsonSchemaType.Null;
            // What the framework wraps an enum in "or null" by.
            schema.Metadata?.Remove("x-is-nullable-property");
        }

        return Task.CompletedTask;
    }

    private static void DescribeEnum(OpenApiSchema schema, Type type)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. SnakeCaseEnumConverter.Of(type).Select(word => (JsonNode)word)];
    }

    // RFC 9457, and what ProblemMapping adds.
    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Description =
            "What went wrong, as RFC 9457 has it. errors is there when fields of the request are to blame; traceId is what to quote to the site's admin.";
        schema.Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "instance", "traceId", "code" };
        schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text(),
            ["title"] = Text(),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["detail"] = Text(),
            ["instance"] = Text(),
            ["traceId"] = Text(),
            ["code"] = Text(),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string>(StringComparer.Ordinal) { "field", "message" },
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["field"] = Text(), ["message"] = Text() },
                },
            },
        };
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    // Whoever sends a body may leave out what is not marked; our answers have everything, null where there is nothing.
    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        property.DeclaringType.Name.EndsWith("Request", StringComparison.Ordinal) ? Has<RequiredAttribute>(property) : !IsLeftOut(property);

    private static bool IsLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true)
            is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }];

    private static bool Has<TAttribute>(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(TAttribute), inherit: true) == true;
}
