using GoImg.Web.Api;
using GoImg.Web.Uploads;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace GoImg.Web.Http;

/// <summary>What holds when an endpoint's author forgot something.</summary>
internal static class AccessGuards
{
    /// <summary>An endpoint that says neither who may use it nor that anyone may is for signed-in members. By metadata, never by path.
    /// (A fallback policy would also ask whoever mistypes an address to sign in.)</summary>
    public static void UseDenyByDefault(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                var isSilent =
                    http.GetEndpoint() is RouteEndpoint endpoint
                    && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                    && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
                    && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;
                return isSilent && http.User.Identity?.IsAuthenticated != true ? http.ChallengeAsync() : next(http);
            }
        );

    /// <summary>Refuses what another site's page posts here, before any form is looked at: tokens guard what is worth a token, and this the rest
    /// (the reader's theme, whether sensitive images show). Browsers say whose page it is; who says nothing is no browser and has no cookies to abuse.</summary>
    public static void UseSameSitePosts(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                var isForeign =
                    !HttpMethods.IsGet(http.Request.Method)
                    && !HttpMethods.IsHead(http.Request.Method)
                    && !http.IsApi()
                    && (http.Request.Headers["Sec-Fetch-Site"] is [{ } site] ? site == "cross-site" : IsOfAnotherOrigin(http.Request));
                if (!isForeign)
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }
        );

    /// <summary>Refuses what is posted to a form and is none, whatever is wrong with it: no body, another kind of body, a broken one, more fields
    /// than any form has. Files and the API are read by their own readers.</summary>
    public static void UseReadableForms(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                if (IsToForm(http) && !await IsReadableAsync(http.Request))
                    http.Response.StatusCode = StatusCodes.Status400BadRequest;
                else
                    await next(http);
            }
        );

    /// <summary>Refuses a form without its token before anything reads it. (The compiler's binding of endpoints would read it, and fail as a fault of the server.)</summary>
    public static void UseFormTokens(this IApplicationBuilder app)
    {
        app.UseAntiforgery();
        app.Use(
            (http, next) =>
            {
                if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }
        );
    }

    /// <summary>Refuses a page of another site that opens a circuit here: WebSockets know no same-origin policy.</summary>
    public static void UseCircuitOrigin(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                var isForeign =
                    http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) && IsOfAnotherOrigin(http.Request);
                if (!isForeign)
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }
        );

    private static bool IsToForm(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method)
        && http.GetEndpoint() is not null
        && !http.IsApi()
        && !UploadRoutes.Has(http.Request.Path)
        && !http.Request.Path.Equals(UploadForms.Path, StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);

    private static async Task<bool> IsReadableAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return false;
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (IOException cut) when (cut is not BadHttpRequestException)
        {
            // a part that ends in the middle
            return false;
        }
    }

    private static bool IsOfAnotherOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && !(
            Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
        );
}
