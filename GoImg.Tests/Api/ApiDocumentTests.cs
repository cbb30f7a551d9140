using GoImg.Tests.Harness;
using GoImg.Web.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Api;

public sealed class ApiDocumentTests
{
    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_names_every_route()
    {
        await using var app = await GoImgApp.StartAsync();
        using var api = new ApiClient(app);

        var document = await api.GetAsync("/openapi/v1.json");

        var described = document.Json.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>() is null)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Where(p => p.StartsWith(ApiV1.Prefix + "/", StringComparison.Ordinal))
            .Select(WithoutConstraints).Distinct();
        Assert.StartsWith("3.1", document["openapi"], StringComparison.Ordinal);
        Assert.Empty(routes.Except(described));
        Assert.Equal("bearer", document.Json.GetProperty("components").GetProperty("securitySchemes").GetProperty("Bearer").GetProperty("scheme").GetString());
    }

    // "{id:guid}" is "{id}" in a document; a constraint may have braces of its own.
    private static string WithoutConstraints(string route)
    {
        var path = new System.Text.StringBuilder();
        var (depth, inConstraint) = (0, false);
        foreach (var c in route)
        {
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            inConstraint = depth > 0 && (inConstraint || c == ':');
            if (!inConstraint)
                path.Append(c);
        }

        return path.ToString();
    }

    [Fact]
    public async Task The_reading_page_is_there()
    {
        await using var app = await GoImgApp.StartAsync();

        var html = await app.Anonymous.GetStringAsync("/api/docs/index.html", TestContext.Current.CancellationToken);

        Assert.Contains("swagger-ui", html, StringComparison.Ordinal);
    }
}
