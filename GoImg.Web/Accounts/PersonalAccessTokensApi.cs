using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GoImg.Core.Accounts;
using GoImg.Core.SignIn;
using GoImg.Web.Api;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GoImg.Web.Accounts;

internal static class PersonalAccessTokensApi
{
    public static void MapPersonalAccessTokens(this RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("/users/me/tokens").WithTags("tokens").WithoutTokens();
        tokens.MapGet("", ListAsync).WithSummary("One's own access tokens, newest first, those that expired within a month too").ProducesProblem(400);
        tokens
            .MapPost("", CreateAsync)
            .WithSummary(
                $"Makes an access token, within {PersonalAccessTokenService.RecentSignIn.TotalMinutes} minutes of signing in; a member has up to {PersonalAccessToken.MaxPerMember}. Its text is in this answer and nowhere else"
            )
            .TakesIdempotencyKey();
        tokens.MapDelete("/{tokenId:guid}", RevokeAsync).WithSummary("Revokes an access token; it stops working at once").ProducesProblem(404);
    }

    private static async Task<Results<Ok<ListResponse<TokenResponse>>, ProblemHttpResult>> ListAsync(
        [AsParameters] CursorQuery query,
        PersonalAccessTokenService tokens,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var page = await tokens.ListAsync(http.GetActor(), query.List.After, query.List.Size, cancellationToken);
        return page.Error is { } error ? error.ToProblem(http) : http.OkList(page.Value, query.List, token => TokenResponse.From(token, null));
    }

    private static async Task<Results<Created<TokenResponse>, ProblemHttpResult>> CreateAsync(
        NewTokenRequest request,
        PersonalAccessTokenService tokens,
        ApiLinks links,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var wanted = new TokenRequest(request.Name, request.Scopes ?? [], request.ExpiresAt);
        var created = await tokens.CreateAsync(http.GetActor(), new TokenProof(http.User.GetSession(), null), wanted, cancellationToken);
        if (created.Error is { } error)
            return error.ToProblem(http);

        var (token, secret) = created.Value;
        http.Response.Headers.CacheControl = "no-store";
        IdempotentRequests.AnswerRepeatsWith(http, TokenResponse.From(token, null));
        return TypedResults.Created(links.Resource($"users/me/tokens/{token.Id}"), TokenResponse.From(token, secret));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid tokenId,
        PersonalAccessTokenService tokens,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var revoked = await tokens.RevokeAsync(http.GetActor(), new PersonalAccessTokenId(tokenId), cancellationToken);
        return revoked.Error is { } error ? error.ToProblem(http) : TypedResults.NoContent();
    }
}

/// <param name="ExpiresAt">Within a year.</param>
public sealed record NewTokenRequest(
    [property: Required] string? Name,
    [property: Required] IReadOnlyList<TokenScope>? Scopes,
    [property: Required] DateTimeOffset? ExpiresAt
);

/// <param name="Token">What to send as <c>Authorization: Bearer</c>. In the answer that made it alone, and not when that request is repeated.</param>
public sealed record TokenResponse(
    Guid Id,
    string Name,
    IReadOnlyList<TokenScope> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token
)
{
    internal static TokenResponse From(PersonalAccessToken token, TokenSecret? secret) =>
        new(token.Id.Value, token.Name, token.Scopes, token.CreatedAt, token.ExpiresAt, token.LastUsedAt, secret?.Text);
}
