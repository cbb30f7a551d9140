using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace GoImg.Web.Api;

/// <summary>What the parameters of addresses mean, for the document. They mean the same wherever they stand, but for the words of <c>sort</c>.</summary>
internal static class ApiParameters
{
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["id"] = "The id of what the address names.",
        ["imageId"] = "The image's id.",
        ["tokenId"] = "The access token's id.",
        ["sessionId"] = "The session's id.",
        ["name"] = "Which rendition: thumbnail, small, medium, large, xlarge, or original.",
        ["tag"] = "A tag, in any case.",
        ["page"] = string.Create(
            CultureInfo.InvariantCulture,
            $"The page's number from 1. Pages reach the first {Core.Shared.Total.Limit} items (of a search: {Core.Search.SearchRequest.Reach}); cursors go on from anywhere."
        ),
        ["per_page"] = string.Create(
            CultureInfo.InvariantCulture,
            $"How many items, 1 to {ListQuery.MaxPerPage}; {ListQuery.DefaultPerPage} when left out."
        ),
        ["cursor"] = "The next_cursor of an answer: what follows it. Nothing is counted then. Not together with page.",
        ["owner_id"] = "Of this member alone.",
        ["album_id"] = "What the asker finds in this album, in its order. Not together with owner_id, tags or q.",
        ["tags"] = "Images with all of these tags, separated by commas.",
        ["q"] = "Words, \"phrases\" and filters such as tag:sea, as in the field of search; of tags, how they begin.",
        ["order"] = "asc or desc, where sort is created_at.",
        ["sort"] = "The order: created_at; with q relevance (when left out) or created_at; with album_id position.",
        ["exact"] = "true: words stay as they were typed, whatever is found.",
        ["permanent"] = "true: not to the trash, but gone at once and for ever.",
        ["Upload-Length"] = "The file's length in bytes (tus).",
        ["Upload-Offset"] = "Where the bytes of the body begin (tus).",
        ["Upload-Metadata"] = "Names and Base64 values: filename, title, description, tags, visibility, album_id (tus).",
        ["X-HTTP-Method-Override"] = "PATCH, HEAD or DELETE: what is meant (tus).",
        ["Upload-Checksum"] = "The algorithm and the Base64 hash of the body (tus).",
    };

    /// <summary>Adds those of the address that the endpoint does not read itself.</summary>
    public static void Complete(OpenApiOperation operation, string path)
    {
        var named = path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}').Split(':')[0]);
        foreach (var name in named.Where(name => operation.Parameters?.Any(p => p.Name == name) != true))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Path,
                    Required = true,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
                }
            );
        }
    }

    public static void Describe(OpenApiOperation operation, string path)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= Meanings.GetValueOrDefault(parameter.Name!);
            if (parameter.Name == "sort" && path.EndsWith("/search", StringComparison.Ordinal))
                Choose(parameter, "best or newest; when left out, best if there are words.", "best", "newest");
            else if (parameter.Name == "sort")
                Choose(parameter, null, "created_at", "relevance", "position");
            else if (parameter.Name is "owner_id" or "album_id")
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" };
            else if (parameter.Name == "order")
                Choose(parameter, null, "asc", "desc");
        }
    }

    private static void Choose(OpenApiParameter parameter, string? meaning, params string[] words)
    {
        parameter.Description = meaning ?? parameter.Description;
        parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)] };
    }
}
