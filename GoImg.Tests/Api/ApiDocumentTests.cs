using System.Text.Json;
using GoImg.Tests.Harness;
using GoImg.Web.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Api;

public sealed class ApiDocumentTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_names_every_route()
    {
        var app = shared.App;
        using var api = new ApiClient(app);

        var document = await api.GetAsync("/openapi/v1.json");

        var described = document.Json.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var routes = app
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>() is null)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Where(p => p.StartsWith(ApiV1.Prefix + "/", StringComparison.Ordinal))
            .Select(WithoutConstraints)
            .Distinct();
        Assert.StartsWith("3.1", document["openapi"], StringComparison.Ordinal);
        Assert.Empty(routes.Except(described));
        Assert.Equal(
            "bearer",
            document.Json.GetProperty("components").GetProperty("securitySchemes").GetProperty("Bearer").GetProperty("scheme").GetString()
        );
    }

    // "{id:guid}" is "{id}" in a document; a constraint may have braces of its own.
    private static string WithoutConstraints(string route)
    {
        var path = new System.Text.StringBuilder();
        var (depth, inConstraint) = (0, false);
        foreach (var c in route)
        {
            depth += c switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            inConstraint = depth > 0 && (inConstraint || c == ':');
            if (!inConstraint)
                path.Append(c);
        }

        return path.ToString();
    }

    [Fact]
    public async Task Each_operation_has_an_id_of_its_own_and_what_is_fetched_has_a_content_type()
    {
        var app = shared.App;
        using var api = new ApiClient(app);

        var operations = Operations(await api.GetAsync("/openapi/v1.json")).ToList();

        var ids = operations.ConvertAll(o => o.Value.GetProperty("operationId").GetString()!);
        Assert.All(ids, id => Assert.Matches("^[A-Za-z_]+$", id));
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(
            operations.Where(o => o.Name == "get").SelectMany(o => o.Value.GetProperty("responses").EnumerateObject()),
            response => Assert.True(response.Name is "202" or "302" or "304" || response.Value.TryGetProperty("content", out _), response.ToString())
        );
    }

    [Fact]
    public async Task Every_operation_is_summed_up_every_parameter_explained_and_every_body_shown()
    {
        using var api = new ApiClient(shared.App);
        var document = await api.GetAsync("/openapi/v1.json");
        var missing = new List<string>();

        foreach (var (operation, id) in Operations(document).Select(o => (o.Value, o.Value.GetProperty("operationId").GetString())))
        {
            if (!Says(operation, "summary"))
                missing.Add($"{id}: summary");
            if (operation.TryGetProperty("parameters", out var parameters))
                missing.AddRange(
                    parameters
                        .EnumerateArray()
                        .Where(p => !Says(p, "description"))
                        .Select(p => $"{id}: what {p.GetProperty("name").GetString()} means")
                );
            var bodies = operation.GetProperty("responses").EnumerateObject().Select(r => r.Value).Append(Or(operation, "requestBody"));
            missing.AddRange(
                bodies
                    .SelectMany(body =>
                        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("content", out var c) ? c.EnumerateObject() : default
                    )
                    .Where(media => media.Name.EndsWith("json", StringComparison.Ordinal) && !media.Value.TryGetProperty("example", out _))
                    .Select(media => $"{id}: an example of {media.Name}")
            );
        }

        missing.AddRange(
            document
                .Json.GetProperty("tags")
                .EnumerateArray()
                .Where(t => !Says(t, "description"))
                .Select(t => $"tag {t.GetProperty("name").GetString()}")
        );
        Assert.Empty(missing);

        static bool Says(JsonElement of, string name) => of.TryGetProperty(name, out var text) && !string.IsNullOrWhiteSpace(text.GetString());

        static JsonElement Or(JsonElement of, string name) => of.TryGetProperty(name, out var there) ? there : default;
    }

    [Fact]
    public async Task A_token_is_asked_for_where_it_is_needed_and_nowhere_else()
    {
        var app = shared.App;
        using var api = new ApiClient(app);

        var security = Operations(await api.GetAsync("/openapi/v1.json"))
            .ToDictionary(
                o => o.Value.GetProperty("operationId").GetString()!,
                o => o.Value.TryGetProperty("security", out var own) ? JsonSerializer.Serialize(own) : "the document's"
            );

        foreach (
            var id in new[] { "post_auth_register", "post_auth_login", "post_auth_refresh", "get_health_live", "get_health_ready", "options_uploads" }
        )
            Assert.Equal("[]", security[id]);
        foreach (var id in new[] { "get_images_id", "get_users_id", "get_images_id_variants_name" })
            Assert.Equal("[{},{\"Bearer\":[]},{\"PersonalAccessToken\":[\"read\"]}]", security[id]);
        foreach (
            var (id, scope) in new[] { ("post_images", "upload"), ("get_users_me", "read"), ("post_reports", "write"), ("post_export", "export") }
        )
            Assert.Equal($"[{{\"Bearer\":[]}},{{\"PersonalAccessToken\":[\"{scope}\"]}}]", security[id]);
        foreach (var id in new[] { "post_auth_logout", "post_users_me_tokens", "get_moderation_reports", "post_users_id_ban" })
            Assert.Equal("the document's", security[id]);
    }

    [Fact]
    public async Task The_upload_is_described_with_its_file_and_fields_and_words_as_they_are_written()
    {
        var app = shared.App;
        using var api = new ApiClient(app);

        var document = (await api.GetAsync("/openapi/v1.json")).Json;

        var form = document
            .GetProperty("paths")
            .GetProperty("/api/v1/images")
            .GetProperty("post")
            .GetProperty("requestBody")
            .GetProperty("content")
            .GetProperty("multipart/form-data")
            .GetProperty("schema");
        Assert.Equal(
            ["album_id", "alt_text", "content_rating", "description", "file", "tags", "title", "visibility"],
            form.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal("file", Assert.Single(form.GetProperty("required").EnumerateArray()).GetString());
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal(["user", "moderator", "admin"], schemas.GetProperty("Role").GetProperty("enum").EnumerateArray().Select(w => w.GetString()));
        Assert.Equal(
            ["jpeg", "png", "gif", "webp", "avif", "heic", "tiff"],
            schemas.GetProperty("ImageFormat").GetProperty("enum").EnumerateArray().Select(w => w.GetString())
        );
        Assert.False(schemas.GetProperty("ImageRequest").TryGetProperty("required", out _));
        Assert.Equal("password", Assert.Single(schemas.GetProperty("LoginRequest").GetProperty("required").EnumerateArray()).GetString());
        Assert.True(schemas.GetProperty("ProblemDetails").GetProperty("properties").TryGetProperty("traceId", out _));
    }

    [Theory]
    [InlineData("/api/v1/users/me/images", "page:integer per_page:integer cursor:string")]
    [InlineData("/api/v1/moderation/reports", "page:integer per_page:integer")]
    [InlineData("/api/v1/moderation/bans", "per_page:integer cursor:string")]
    public async Task A_list_says_how_it_is_paged(string path, string parameters)
    {
        var app = shared.App;
        using var api = new ApiClient(app);

        var described = (await api.GetAsync("/openapi/v1.json"))
            .Json.GetProperty("paths")
            .GetProperty(path)
            .GetProperty("get")
            .GetProperty("parameters")
            .EnumerateArray();

        Assert.Equal(
            parameters.Split(' ').Order(StringComparer.Ordinal),
            described
                .Select(p => $"{p.GetProperty("name").GetString()}:{p.GetProperty("schema").GetProperty("type").GetString()}")
                .Order(StringComparer.Ordinal)
        );
    }

    private static IEnumerable<JsonProperty> Operations(ApiResponse document) =>
        document.Json.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject());

    [Fact]
    public async Task The_reading_page_is_there()
    {
        var app = shared.App;

        var html = await app.Anonymous.GetStringAsync("/api/docs/index.html", TestContext.Current.CancellationToken);

        Assert.Contains("swagger-ui", html, StringComparison.Ordinal);
    }
}
