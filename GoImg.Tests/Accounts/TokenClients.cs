using GoImg.Core.Accounts;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Accounts;

/// <summary>Access tokens made over the API by members who have just signed in.</summary>
internal static class TokenClients
{
    public static async Task<(Guid Id, string Text)> MakeTokenAsync(this MemberClient member, params TokenScope[] scopes)
    {
        using var api = new ApiClient(member.App);
        await api.SignInAsync(member.Username);
        var made = await api.MakeTokenAsync(scopes);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return (Guid.Parse(made["id"]!), made["token"]!);
    }

    public static async Task<ApiClient> ApiByTokenAsync(this MemberClient member, params TokenScope[] scopes) =>
        new(member.App) { AccessToken = (await member.MakeTokenAsync(scopes)).Text };

    public static Task<ApiResponse> MakeTokenAsync(this ApiClient api, TokenScope[] scopes, string? key = null) =>
        api.SendContentAsync(
            HttpMethod.Post,
            "users/me/tokens",
            System.Net.Http.Json.JsonContent.Create(
                new
                {
                    name = "A script",
                    scopes = scopes.Select(scope => scope.ToString().ToLowerInvariant()),
                    // The same body each time, so that a key fits.
                    expires_at = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(90),
                }
            ),
            request =>
            {
                if (key is not null)
                    request.Headers.Add("Idempotency-Key", key);
            }
        );
}
