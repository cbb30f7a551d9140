using GoImg.Core.Accounts;
using GoImg.Web.Shell;

namespace GoImg.Web.Api;

/// <summary>What of the API is open to personal access tokens: each operation names the one scope that it needs, and one that names none is closed to
/// them, whatever scopes they have (docs/adr/0053). Sessions may do all.</summary>
internal static class TokenScopes
{
    public static TBuilder WithScope<TBuilder>(this TBuilder endpoint, TokenScope scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new TokenRule(scope));

    /// <summary>Says that it is closed on purpose: accounts, sessions, tokens themselves, and whatever is for staff.</summary>
    public static TBuilder WithoutTokens<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new TokenRule(null));

    /// <summary>After authorization, which asks no policy where visitors are welcome: a token is measured there too.</summary>
    public static void UseTokenScopes(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (http.User.GetTokenScopes() is not { } scopes || http.GetEndpoint() is not RouteEndpoint endpoint)
                    return next(http);
                return endpoint.Metadata.GetMetadata<TokenRule>()?.Scope switch
                {
                    { } needed when scopes.Contains(needed) => next(http),
                    { } needed => RefuseAsync(http, needed),
                    null => new ApiErrors.NotForTokens().ToProblem(http).ExecuteAsync(http),
                };
            }
        );

    // RFC 6750, section 3.1
    private static Task RefuseAsync(HttpContext http, TokenScope needed)
    {
        http.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{needed.Word()}\"";
        return new ApiErrors.MissingScope(needed.Word()).ToProblem(http).ExecuteAsync(http);
    }

    public static string Word(this TokenScope scope) => SnakeCaseEnumConverter.WordOf(scope);
}

/// <param name="Scope">Null for an operation that no token may use.</param>
internal sealed record TokenRule(TokenScope? Scope);
