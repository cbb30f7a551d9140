using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GoImg.Infrastructure.Security;

namespace GoImg.Tests.Security;

public sealed class JwsTests
{
    // RFC 7515 appendix A.2: key, payload and the signature they must give.
    private const string A2Modulus =
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    private const string A2Private =
        "Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ";
    private const string A2P =
        "4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc";
    private const string A2Q =
        "uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc";
    private const string A2Dp =
        "BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0";
    private const string A2Dq =
        "h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU";
    private const string A2Qi =
        "IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U";
    private const string A2Payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
    private const string A2Token =
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private static readonly RSA Key = RSA.Create(2048);
    private static readonly string Genuine = Jws.Sign("""{"alg":"RS256","typ":"JWT","kid":"k1"}""", """{"sub":"ana"}""", Key);

    [Fact]
    public async Task The_example_of_RFC_7515_A_2_is_signed_and_verified_byte_for_byte()
    {
        using var key = A2Key();

        var signed = Jws.Sign("""{"alg":"RS256"}""", A2Payload, key);
        var payload = await Jws.VerifyAsync(A2Token, _ => Task.FromResult<RSA?>(key));

        Assert.Equal(A2Token, signed);
        Assert.Equal("joe", payload!.Value.GetProperty("iss").GetString());
    }

    [Fact]
    public async Task A_genuine_token_gives_its_payload() => Assert.Equal("ana", (await VerifyAsync(Genuine))!.Value.GetProperty("sub").GetString());

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_or_misspelt_token_is_refused(string what, string token)
    {
        Assert.NotEmpty(what);

        Assert.Null(await VerifyAsync(token));
    }

    public static TheoryData<string, string> Forgeries()
    {
        var (header, payload, signature) = (Genuine.Split('.')[0], Genuine.Split('.')[1], Genuine.Split('.')[2]);
        using var other = RSA.Create(2048);
        var publicKey = Key.ExportSubjectPublicKeyInfoPem();
        string Signed(string head) => Jws.Sign(head, """{"sub":"ana"}""", Key);
        string Hmac(string secret)
        {
            var input = Encode("""{"alg":"HS256","kid":"k1"}""") + "." + payload;
            return input + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(input)));
        }

        return new TheoryData<string, string>
        {
            { "nothing", "" },
            { "one part", header },
            { "two parts", header + "." + payload },
            { "four parts", Genuine + ".x" },
            { "no signature", header + "." + payload + "." },
            { "alg none", Encode("""{"alg":"none","kid":"k1"}""") + "." + payload + "." },
            { "alg none with the signature kept", Encode("""{"alg":"none","kid":"k1"}""") + "." + payload + "." + signature },
            { "alg in another case", Signed("""{"alg":"rs256","kid":"k1"}""") },
            { "alg RS512", Signed("""{"alg":"RS512","kid":"k1"}""") },
            { "alg PS256", Signed("""{"alg":"PS256","kid":"k1"}""") },
            { "alg missing", Signed("""{"kid":"k1"}""") },
            { "alg twice", Signed("""{"alg":"none","alg":"RS256","kid":"k1"}""") },
            { "alg a number", Signed("""{"alg":256,"kid":"k1"}""") },
            { "HMAC with the public key as the secret", Hmac(publicKey) },
            { "another key", Jws.Sign("""{"alg":"RS256","kid":"k1"}""", """{"sub":"ana"}""", other) },
            { "unknown kid", Signed("""{"alg":"RS256","kid":"k2"}""") },
            { "kid a path", Signed("""{"alg":"RS256","kid":"../../dev/null"}""") },
            { "no kid", Signed("""{"alg":"RS256"}""") },
            { "a key of its own", Signed("""{"alg":"RS256","kid":"k1","jwk":{"kty":"RSA"}}""") },
            { "a key's address", Signed("""{"alg":"RS256","kid":"k1","jku":"https://example.org"}""") },
            { "critical extension", Signed("""{"alg":"RS256","kid":"k1","crit":["exp"]}""") },
            { "encrypted type", Signed("""{"alg":"RS256","kid":"k1","typ":"JWE"}""") },
            { "payload changed", header + "." + Encode("""{"sub":"bob"}""") + "." + signature },
            { "header changed", Encode("""{"alg":"RS256","kid":"k1"}""") + "." + payload + "." + signature },
            { "last bit of the signature", header + "." + payload + "." + (signature[0] == 'A' ? 'B' : 'A') + signature[1..] },
            { "signature cut", header + "." + payload + "." + signature[..^4] },
            { "padding", header + "." + payload + "." + signature + "==" },
            { "white space", Genuine + " " },
            { "new line", Genuine.Insert(10, "\n") },
            { "plain base64", header + "." + payload + "." + signature.Replace('-', '+').Replace('_', '/') + "/" },
            { "payload no object", Jws.Sign("""{"alg":"RS256","kid":"k1"}""", "[1]", Key) },
            { "payload no JSON", Jws.Sign("""{"alg":"RS256","kid":"k1"}""", "ana", Key) },
            { "payload with a name twice", Jws.Sign("""{"alg":"RS256","kid":"k1"}""", """{"sub":"ana","sub":"bob"}""", Key) },
            { "header no JSON", Signed("RS256") },
            { "header a list", Signed("""["RS256"]""") },
            { "very long", Jws.Sign("""{"alg":"RS256","kid":"k1"}""", "{\"sub\":\"" + new string('a', 5000) + "\"}", Key) },
        };
    }

    private static Task<JsonElement?> VerifyAsync(string token) => Jws.VerifyAsync(token, kid => Task.FromResult(kid == "k1" ? Key : null));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static RSA A2Key() =>
        RSA.Create(
            new RSAParameters
            {
                Modulus = Base64Url.DecodeFromChars(A2Modulus),
                Exponent = [1, 0, 1],
                D = Base64Url.DecodeFromChars(A2Private),
                P = Base64Url.DecodeFromChars(A2P),
                Q = Base64Url.DecodeFromChars(A2Q),
                DP = Base64Url.DecodeFromChars(A2Dp),
                DQ = Base64Url.DecodeFromChars(A2Dq),
                InverseQ = Base64Url.DecodeFromChars(A2Qi),
            }
        );
}
