using GoImg.Core.Accounts;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GoImg.Infrastructure.Security;

/// <summary>Access tokens as JWTs (RFC 7519), signed RS256; how the framework's bearer handler checks them stands beside how they are issued.</summary>
internal sealed class AccessTokens(SigningKeys keys, TimeProvider time) : IAccessTokens, IConfigureNamedOptions<JwtBearerOptions>
{
    public const string Issuer = "goimg";
    public const string Audience = "goimg-api";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Type = "JWT";

    // Ours have some 700 bytes.
    private const int MaxTokenBytes = 4096;

    // What two nodes' clocks may disagree by, for "issued in the future" alone; an expired token is expired.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = MaxTokenBytes };

    public async Task<AccessToken> IssueAsync(Session session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            Expires = now + Lifetime,
            TokenType = Type,
            // "sid" as in OpenID Connect
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [JwtRegisteredClaimNames.Sub] = session.MemberId.ToString(),
                [JwtRegisteredClaimNames.Sid] = session.Id.ToString(),
                [JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7().ToString("N"),
            },
            SigningCredentials = new SigningCredentials(await keys.NewestAsync(cancellationToken), SecurityAlgorithms.RsaSha256),
        };
        return new(_handler.CreateToken(token), Lifetime);
    }

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(_handler);
        options.TokenValidationParameters = new()
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidTypes = [Type],
            RequireSignedTokens = true,
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId) is { } key ? [key] : [],
            LifetimeValidator = (_, expires, token, _) => IsInTime(expires, ((JsonWebToken)token).IssuedAt),
        };
        options.Events ??= new();
        options.Events.OnMessageReceived = LoadKeyAsync;
    }

    // The resolver of keys may not wait for a database, so what it will ask for is read before.
    private Task LoadKeyAsync(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        const string Scheme = JwtBearerDefaults.AuthenticationScheme + " ";
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        return KeyIdOf(token) is { } keyId ? keys.LoadAsync(keyId, context.HttpContext.RequestAborted) : Task.CompletedTask;
    }

    private string? KeyIdOf(string token)
    {
        if (!_handler.CanReadToken(token))
            return null;
        try
        {
            return _handler.ReadJsonWebToken(token).Kid;
        }
        catch (Exception misspelt) when (misspelt is ArgumentException or FormatException or SecurityTokenException)
        {
            return null;
        }
    }

    private bool IsInTime(DateTime? expires, DateTime issuedAt)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now < expires && issuedAt <= now + ClockSkew;
    }
}
