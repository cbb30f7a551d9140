using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GoImg.Infrastructure.Security;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Security;

/// <summary>Tokens as strangers might forge them, against the running application.</summary>
public sealed class AccessTokensTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forged_and_outdated_tokens_are_refused_and_the_genuine_one_is_not()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        using var api = new ApiClient(app);
        await api.SignInAsync("ana");
        var genuine = api.AccessToken;
        var key = (await app.Services.GetRequiredService<SigningKeys>().NewestAsync(Ct)).Rsa;

        var accepted = new List<string>();
        foreach (var (what, token) in Forgeries(genuine, key))
        {
            api.AccessToken = token;
            if ((await api.GetAsync("users/me")).Status != HttpStatusCode.Unauthorized)
                accepted.Add(what);
        }

        Assert.Empty(accepted);
        // signed by this test as the server signs: what is refused above is refused for what was changed
        foreach (var good in new[] { genuine, Sign(HeaderOf(genuine), PayloadOf(genuine), key) })
        {
            api.AccessToken = good;
            Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("users/me")).Status);
        }
    }

    private static IEnumerable<(string What, string Token)> Forgeries(string genuine, RSA key)
    {
        var (header, payload, signature) = (genuine.Split('.')[0], genuine.Split('.')[1], genuine.Split('.')[2]);
        using var other = RSA.Create(2048);
        yield return ("one part", header);
        yield return ("two parts", header + "." + payload);
        yield return ("four parts", genuine + ".x");
        yield return ("no signature", header + "." + payload + ".");
        yield return ("alg none", With(HeaderOf(genuine), "alg", "none") + "." + payload + ".");
        yield return ("alg none with the signature kept", With(HeaderOf(genuine), "alg", "none") + "." + payload + "." + signature);
        yield return (
            "HMAC with the public key as the secret",
            Hmac(With(HeaderOf(genuine), "alg", "HS256") + "." + payload, key.ExportSubjectPublicKeyInfoPem())
        );
        yield return ("another key with the same kid", Sign(HeaderOf(genuine), PayloadOf(genuine), other));
        yield return ("a key of its own", Sign(Changed(HeaderOf(genuine), "jwk", "{\"kty\":\"RSA\"}"), PayloadOf(genuine), other));
        yield return ("a key's address", Sign(Changed(HeaderOf(genuine), "jku", "https://example.org"), PayloadOf(genuine), other));
        yield return ("payload changed", header + "." + With(PayloadOf(genuine), "sub", Guid.Empty.ToString()) + "." + signature);
        yield return ("header changed", With(HeaderOf(genuine), "x", "y") + "." + payload + "." + signature);
        yield return ("first bits of the signature", header + "." + payload + "." + (signature[0] == 'A' ? 'B' : 'A') + signature[1..]);
        yield return ("signature cut", header + "." + payload + "." + signature[..^4]);
        yield return ("very long", header + "." + payload + "." + signature + new string('a', 5000));

        foreach (
            var (name, value) in new[]
            {
                ("alg", "rs256"),
                ("alg", "RS512"),
                ("alg", "PS256"),
                ("alg", null),
                ("typ", "JWE"),
                ("kid", "k2"),
                ("kid", "../../dev/null"),
                ("kid", null),
            }
        )
            yield return ($"{name} {value ?? "missing"}", Sign(Changed(HeaderOf(genuine), name, value), PayloadOf(genuine), key));
        foreach (
            var (name, value) in new[]
            {
                ("iss", "someone"),
                ("iss", null),
                ("aud", "another"),
                ("aud", null),
                ("sid", Guid.CreateVersion7().ToString()),
                ("sid", "1"),
                ("sid", null),
                ("exp", null),
            }
        )
            yield return ($"{name} {value ?? "missing"}", Sign(HeaderOf(genuine), Changed(PayloadOf(genuine), name, value), key));
        yield return ("expired this second", Sign(HeaderOf(genuine), Moved(PayloadOf(genuine), "exp", -900), key));
        yield return ("issued in two minutes", Sign(HeaderOf(genuine), Moved(PayloadOf(genuine), "iat", 120), key));
    }

    private static JsonObject HeaderOf(string token) => Part(token, 0);

    private static JsonObject PayloadOf(string token) => Part(token, 1);

    private static JsonObject Part(string token, int index) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[index]))!.AsObject();

    private static string With(JsonObject json, string name, string value) => Encode(Changed(json, name, value));

    private static JsonObject Changed(JsonObject json, string name, string? value)
    {
        json.Remove(name);
        if (value is not null)
            json[name] = value;
        return json;
    }

    private static JsonObject Moved(JsonObject json, string name, int seconds)
    {
        json[name] = (long)json[name]! + seconds;
        return json;
    }

    private static string Sign(JsonObject header, JsonObject payload, RSA key)
    {
        var input = Encode(header) + "." + Encode(payload);
        return input
            + "."
            + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static string Hmac(string input, string secret) =>
        input + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(input)));

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
