using GoImg.Tests.Harness;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Architecture;

public sealed class EndpointTests
{
    // The framework's own, out of reach of our metadata; only Blazor's script asks for it, which visitors' pages don't load.
    private static readonly string[] ForMembersByDefault = ["/_framework/opaque-redirect"];

    [Fact]
    public async Task Every_endpoint_says_who_may_use_it()
    {
        await using var app = await GoImgApp.StartAsync();

        var silent = app
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<IAuthorizeData>() is null
                && e.Metadata.GetMetadata<AuthorizationPolicy>() is null
                && e.Metadata.GetMetadata<IAllowAnonymous>() is null
            )
            .Select(e => e.RoutePattern.RawText)
            .Except(ForMembersByDefault);

        Assert.Empty(silent);
    }
}
