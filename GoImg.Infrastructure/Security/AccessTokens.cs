using System.Text.Json;
using System.Text.Json.Serialization;
using GoImg.Core.Accounts;

namespace GoImg.Infrastructure.Security;

/// <summary>Access tokens as JWTs (RFC 7519), signed RS256.</summary>
internal sealed class AccessTokens(SigningKeys keys, TimeProvider time) : IAccessTokens
{
    public const string Issuer = "goimg";
    public const string Audience = "goimg-api";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // What two nodes' clocks may disagree by, for "issued in the future" alone; an expired token is expired.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    public async Task<AccessToken> IssueAsync(Session session, CancellationToken cancellationToken)
    {
        var (keyId, key) = await keys.NewestAsync(cancellationToken);
        var now = time.GetUtcNow();
        var claims = new Claims(
            Issuer,
            Audience,
            session.MemberId.ToString(),
            session.Id.ToString(),
            Guid.CreateVersion7().ToString("N"),
            now.ToUnixTimeSeconds(),
            (now + Lifetime).ToUnixTimeSeconds()
        );
        var text = Jws.Sign($$"""{"alg":"RS256","typ":"JWT","kid":"{{keyId}}"}""", JsonSerializer.Serialize(claims), key);
        return new(text, Lifetime);
    }

    public async Task<SessionId?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var payload = await Jws.VerifyAsync(token, id => keys.FindAsync(id, cancellationToken));
        if (payload is not { } json || ClaimsOf(json) is not { } claims)
            return null;

        var now = time.GetUtcNow();
        var isInTime = now.ToUnixTimeSeconds() < claims.Expires && claims.IssuedAt <= (now + ClockSkew).ToUnixTimeSeconds();
        return isInTime && claims.Issuer == Issuer && claims.Audience == Audience && Guid.TryParse(claims.Session, out var session)
            ? new SessionId(session)
            : null;
    }

    private static Claims? ClaimsOf(JsonElement payload)
    {
        try
        {
            return payload.Deserialize<Claims>();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Names of RFC 7519 section 4.1; "sid" as in OpenID Connect. All are required.
    private sealed record Claims(
        [property: JsonPropertyName("iss"), JsonRequired] string Issuer,
        [property: JsonPropertyName("aud"), JsonRequired] string Audience,
        [property: JsonPropertyName("sub"), JsonRequired] string Subject,
        [property: JsonPropertyName("sid"), JsonRequired] string Session,
        [property: JsonPropertyName("jti"), JsonRequired] string Id,
        [property: JsonPropertyName("iat"), JsonRequired] long IssuedAt,
        [property: JsonPropertyName("exp"), JsonRequired] long Expires
    );
}
