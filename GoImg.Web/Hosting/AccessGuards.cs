using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace GoImg.Web.Hosting;

/// <summary>What holds when an endpoint's author forgot something.</summary>
internal static class AccessGuards
{
    /// <summary>An endpoint that says neither who may use it nor that anyone may is for signed-in members. By metadata, never by path.
    /// (A fallback policy would also ask whoever mistypes an address to sign in.)</summary>
    public static void UseDenyByDefault(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var isSilent = http.GetEndpoint() is RouteEndpoint endpoint
            && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
            && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
            && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;
        return isSilent && http.User.Identity?.IsAuthenticated != true ? http.ChallengeAsync() : next(http);
    });

    /// <summary>Refuses a page of another site that opens a circuit here: WebSockets know no same-origin policy.</summary>
    public static void UseCircuitOrigin(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var isForeign = http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
            && http.Request.Headers.Origin is [{ } origin]
            && !string.Equals(origin, $"{http.Request.Scheme}://{http.Request.Host}", StringComparison.OrdinalIgnoreCase);
        if (!isForeign)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });
}
