using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GoImg.Core.Shared;
using GoImg.Web.Images;
using Microsoft.OpenApi;

namespace GoImg.Web.Api;

/// <summary>Gives each body of the document an example, made from its schema: it shows the shape, and can't fall behind it.</summary>
internal static class ApiExamples
{
    private const string Id = "0199c2f4-8a51-7c3e-9d02-5b8f6e1a7c44";
    private const string Cursor = "OGRkODlmYzgwYTZlYzAwLjAxOTljMmY0OGE1MTdjM2U5ZDAyNWI4ZjZlMWE3YzQ0";

    private const string Slug = "k3v9QmZ0tXwB7aLp";

    // By the property's name; what is not here is made from its type.
    private static readonly Dictionary<string, JsonNode> Known = new(StringComparer.Ordinal)
    {
        ["username"] = "mara",
        ["owner_username"] = "mara",
        ["display_name"] = "Mara Lindqvist",
        ["email"] = "mara@example.org",
        ["password"] = "seven herons cross the ford",
        ["bio"] = "Harbours, mostly in fog.",
        ["title"] = "Harbour at dawn",
        ["description"] = "The first ferry of the day.",
        ["alt_text"] = "A ferry leaves a foggy harbour.",
        ["text"] = "What a light!",
        ["tag"] = "harbour",
        ["tags"] = new JsonArray("harbour", "fog"),
        ["slug"] = Slug,
        ["file_name"] = "IMG_2041.jpg",
        ["media_type"] = "image/jpeg",
        ["dominant_color"] = "#5c7a8e",
        ["sha256"] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ["width"] = 6000,
        ["height"] = 4000,
        ["size_bytes"] = 8_421_376,
        ["per_page"] = 20,
        ["total"] = 41,
        ["total_is_exact"] = true,
        ["total_pages"] = 3,
        ["next_cursor"] = Cursor,
        ["token_type"] = "Bearer",
        ["expires_in"] = 900,
        ["access_token"] = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI…",
        ["refresh_token"] = "r1.0199c2f48a517c3e…",
        ["source_url"] = "https://example.org/harbour.jpg",
        ["token"] = "goimg_pat_0Xq…",
        ["address"] = "203.0.113.7",
        ["ip_address"] = "203.0.113.7",
        ["user_agent"] = "curl/8.5.0",
        ["query"] = "harbour tag:fog",
        ["download_url"] = $"/api/v1/export/{Id}/download",
    };

    public static void Fill(OpenApiDocument document, IImageUrls urls)
    {
        var renditions = urls.Renditions(Slug);
        var known = new Dictionary<string, JsonNode>(Known, StringComparer.Ordinal)
        {
            ["page"] = urls.Page(Slug),
            ["thumbnail"] = renditions.Thumbnail,
            ["small"] = renditions.Small,
            ["medium"] = renditions.Medium,
            ["large"] = renditions.Large,
            ["xlarge"] = renditions.XLarge,
        };
        foreach (var (path, item) in document.Paths)
        foreach (var operation in item.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
        {
            foreach (var media in Bodies(operation.RequestBody?.Content))
                media.Example ??= Of(media.Schema!, "", known);
            foreach (var (status, response) in operation.Responses ?? [])
            foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (type == "application/problem+json")
                    media.Example = Problem(int.Parse(status, CultureInfo.InvariantCulture), path);
                else if (type == "application/json" && media.Schema is not null)
                    media.Example ??= Of(media.Schema, "", known);
            }
        }
    }

    private static IEnumerable<OpenApiMediaType> Bodies(IDictionary<string, OpenApiMediaType>? content) =>
        content?.Where(body => body.Key == "application/json" && body.Value.Schema is not null).Select(body => body.Value) ?? [];

    private static JsonNode? Of(IOpenApiSchema schema, string name, Dictionary<string, JsonNode> known)
    {
        // What may be null is described by the alternative that is something.
        if (schema.OneOf?.FirstOrDefault(one => one.Type != JsonSchemaType.Null) is { } something)
            return Of(something, name, known);
        if (schema.Enum is [{ } word, ..])
            return word.DeepClone();
        var type = (schema.Type ?? JsonSchemaType.Object) & ~JsonSchemaType.Null;
        if (known.TryGetValue(name, out var example) && Fits(example, type))
            return example.DeepClone();
        return type switch
        {
            JsonSchemaType.Array => new JsonArray(Of(schema.Items!, name.TrimEnd('s'), known)),
            JsonSchemaType.Boolean => true,
            JsonSchemaType.Integer => 1,
            JsonSchemaType.Number => 1.5,
            JsonSchemaType.String => schema.Format switch
            {
                "uuid" => Id,
                "date-time" => "2026-05-04T06:12:30.000Z",
                _ => name.Length > 0 ? name.Replace('_', ' ') : "text",
            },
            _ => Object(schema, known),
        };
    }

    private static JsonObject Object(IOpenApiSchema schema, Dictionary<string, JsonNode> known)
    {
        var value = new JsonObject();
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            value[name] = Of(property, name, known);
        return value;
    }

    private static bool Fits(JsonNode known, JsonSchemaType type) =>
        known.GetValueKind() switch
        {
            JsonValueKind.Array => type == JsonSchemaType.Array,
            JsonValueKind.String => type == JsonSchemaType.String,
            JsonValueKind.True or JsonValueKind.False => type == JsonSchemaType.Boolean,
            _ => type is JsonSchemaType.Integer or JsonSchemaType.Number,
        };

    private static JsonObject Problem(int status, string path)
    {
        var (code, title, detail) = status switch
        {
            400 => ("validation.failed", ProblemMapping.TitleOf(ErrorKind.Invalid), "per_page is a whole number from 1 to 100."),
            401 => ("sign_in.required", ProblemMapping.TitleOf(ErrorKind.Unauthenticated), new SignInRequired().Message),
            403 => ("not_allowed", ProblemMapping.TitleOf(ErrorKind.Forbidden), ApiErrorTexts.RoleNotAllowed),
            404 => ("not_found", ProblemMapping.TitleOf(ErrorKind.NotFound), new NotFound("thing").Message),
            405 => ("api.wrong_method", "Method not allowed", ApiErrorTexts.WrongMethod.With("PUT")),
            406 => ("api.not_acceptable", "Not acceptable", ApiErrorTexts.NotAcceptable),
            409 => ("edit.stale", ProblemMapping.TitleOf(ErrorKind.Conflict), new StaleEdit().Message),
            412 => ("version.other", ProblemMapping.TitleOf(ErrorKind.PreconditionFailed), new OtherVersion().Message),
            413 => ("api.body_too_large", ProblemMapping.TitleOf(ErrorKind.TooLarge), ApiErrorTexts.BodyTooLarge),
            415 => ("api.wrong_content_type", ProblemMapping.TitleOf(ErrorKind.Unsupported), ApiErrorTexts.WrongContentType),
            422 => ("api.idempotency_key_of_another", ProblemMapping.TitleOf(ErrorKind.Unprocessable), ApiErrorTexts.KeyOfAnother),
            429 => ("rate_limit.exceeded", ProblemMapping.TitleOf(ErrorKind.TooMany), "Too many requests. Try again in 12 seconds."),
            503 => ("api.unavailable", ProblemMapping.TitleOf(ErrorKind.Unavailable), ApiErrorTexts.Unavailable),
            507 => ("upload.storage_full", ProblemMapping.TitleOf(ErrorKind.StorageFull), "The server has no room for new files."),
            _ => ($"status.{status}", "Refused", "The request was refused."),
        };
        var problem = new JsonObject
        {
            ["type"] = $"urn:goimg:error:{code}",
            ["title"] = title,
            ["status"] = status,
            ["detail"] = detail,
            ["instance"] = path.Replace("{id}", Id, StringComparison.Ordinal),
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
            ["code"] = code,
        };
        if (status == StatusCodes.Status400BadRequest)
            problem["errors"] = new JsonArray(new JsonObject { ["field"] = "per_page", ["message"] = detail });
        return problem;
    }
}
