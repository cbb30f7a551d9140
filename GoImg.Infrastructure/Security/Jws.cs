using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GoImg.Infrastructure.Security;

/// <summary>JSON Web Signature in compact form (RFC 7515), RS256 and nothing else: the algorithm is ours to choose, never the token's.</summary>
internal static class Jws
{
    private const string Algorithm = "RS256";
    private const int MaxLength = 4096;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    public static string Sign(string headerJson, string payloadJson, RSA key)
    {
        var input = Encode(headerJson) + "." + Encode(payloadJson);
        var signature = key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return input + "." + Base64Url.EncodeToString(signature);
    }

    /// <summary>The payload of a token whose signature holds; null for any other text.</summary>
    /// <param name="keyOf">The public key with that <c>kid</c> (null when the header has none), or null when there is no such key.</param>
    public static async Task<JsonElement?> VerifyAsync(string token, Func<string?, Task<RSA?>> keyOf)
    {
        if (token.Length > MaxLength || token.Split('.') is not [var header, var payload, var signature])
            return null;
        if (Decode(header) is not { } headerBytes || Decode(payload) is not { } payloadBytes || Decode(signature) is not { } signatureBytes)
            return null;
        if (Parse(headerBytes) is not { } head || !IsOurs(head, out var keyId) || await keyOf(keyId) is not { } key)
            return null;

        var isGenuine = key.VerifyData(
            Encoding.ASCII.GetBytes(header + "." + payload),
            signatureBytes,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return isGenuine ? Parse(payloadBytes) : null;
    }

    private static bool IsOurs(JsonElement header, out string? keyId)
    {
        keyId = null;
        foreach (var field in header.EnumerateObject())
        {
            var text = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : null;
            switch (field.Name)
            {
                case "alg" when text == Algorithm:
                case "typ" when string.Equals(text, "JWT", StringComparison.OrdinalIgnoreCase):
                    break;
                case "kid" when text is not null:
                    keyId = text;
                    break;
                default:
                    // "crit", "jwk", "jku", "x5u" and whatever comes: nothing here may tell us where to find a key.
                    return false;
            }
        }

        return header.TryGetProperty("alg", out _);
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    // Base64Url takes padding and white space; a token has one spelling only.
    private static byte[]? Decode(string text)
    {
        if (text.Length == 0 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || !Base64Url.IsValid(text))
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }

    private static JsonElement? Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
