using System.Text.RegularExpressions;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Browser;

public sealed partial class SitePagesTests
{
    [Fact]
    public async Task Every_page_that_has_a_route_is_among_those_that_are_walked_and_drawn()
    {
        await using var app = await GoImgApp.StartAsync();
        var routes = app
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Distinct()
            .ToList();
        var paths = SitePages.All.Select(page => page.Split('?')[0]).ToList();

        Assert.True(routes.Count > 30);
        Assert.DoesNotContain(routes, route => !paths.Exists(path => Fits(path, route)));
        Assert.DoesNotContain(paths, path => !routes.Exists(route => Fits(path, route)));
    }

    [Theory]
    [InlineData("/i/{image}/edit", "/i/{Slug}/edit", true)]
    [InlineData("/i/{image}", "/i/{Slug}/edit", false)]
    [InlineData("/status/404", "/status/{Code:int}", true)]
    [InlineData("/", "/", true)]
    public void A_page_fits_the_route_it_is_drawn_by(string path, string route, bool fits) => Assert.Equal(fits, Fits(path, route));

    private static bool Fits(string path, string route) =>
        Regex.IsMatch(
            path,
            $"^{string.Join("[^/]+", Place().Split(route).Select(Regex.Escape))}$",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Place();
}
