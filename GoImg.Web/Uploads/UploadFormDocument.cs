using System.Text.Json.Nodes;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Tags;
using GoImg.Web.Api;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GoImg.Web.Uploads;

/// <summary>The upload's form for the API's document: it is read part by part, so no parameter tells of it.</summary>
internal static class UploadFormDocument
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["multipart/form-data"] = new OpenApiMediaType { Schema = Form() },
                ["application/json"] = new OpenApiMediaType { Schema = Address() },
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSchema Form() =>
        Body(
            ("file", Text($"One {ImageFormats.Accepted}, told by its content.", format: "binary")),
            Text($"Up to {Tag.MaxPerImage} tags, with spaces or commas between them. The field may come several times.")
        );

    private static OpenApiSchema Address() =>
        Body(
            (
                "source_url",
                Text(
                    $"Where the image is, for everybody to open: http or https, up to {UploadFromAddress.MaxAddress} characters. Only where the site allows it.",
                    format: "uri"
                )
            ),
            new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = $"Up to {Tag.MaxPerImage} tags.",
            }
        );

    private static OpenApiSchema Body((string Name, OpenApiSchema Schema) image, OpenApiSchema tags) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(StringComparer.Ordinal) { image.Name },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                [image.Name] = image.Schema,
                ["title"] = Text($"Up to {ImageDetails.MaxTitle} characters."),
                ["description"] = Text($"Up to {ImageDetails.MaxDescription} characters."),
                ["alt_text"] = Text($"What one sees, for those who can't; up to {ImageDetails.MaxAltText} characters."),
                ["tags"] = tags,
                ["visibility"] = Word(typeof(Visibility), "Who may see it; private when left out."),
                ["content_rating"] = Word(typeof(ContentRating), "safe when left out."),
                ["album_id"] = Text("An album of one's own to put it in.", format: "uuid"),
            },
        };

    private static OpenApiSchema Text(string description, string? format = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Format = format,
            Description = description,
        };

    private static OpenApiSchema Word(Type type, string description) =>
        new()
        {
            Type = JsonSchemaType.String,
            Enum = [.. SnakeCaseEnumConverter.Of(type).Select(word => (JsonNode)word)],
            Description = description,
        };
}
