using System.Security.Cryptography;
using System.Text;

namespace GoImg.Core.Accounts;

/// <summary>The text of a personal access token, shown once: <c>goimg_pat_</c>, 43 random characters (256 bits) and a checksum of six. By prefix and
/// checksum a program that looks for leaked secrets knows one when it meets it, and a mistyped one is refused unasked.</summary>
/// <param name="Hash">SHA-256 of the text: all that is kept of it. (So much chance needs no slow hash.)</param>
public sealed record TokenSecret(string Text, byte[] Hash)
{
    public const string Prefix = "goimg_pat_";

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 43;
    private const int ChecksumLength = 6;

    // CRC-32 as in zip and PNG (ISO 3309), its bits reversed.
    private const uint Polynomial = 0xEDB88320;

    public static TokenSecret Issue()
    {
        var body = Prefix + RandomNumberGenerator.GetString(Digits, RandomLength);
        return Of(body + Checksum(body));
    }

    /// <summary>Null for anything that can't be one of ours.</summary>
    public static TokenSecret? Parse(string? text)
    {
        const int BodyLength = 10 + RandomLength;
        return
            text is { Length: BodyLength + ChecksumLength }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[Prefix.Length..].All(char.IsAsciiLetterOrDigit)
            && text[BodyLength..] == Checksum(text[..BodyLength])
            ? Of(text)
            : null;
    }

    // Records print what they hold: this must not get into a log.
    public override string ToString() => Prefix + "…";

    private static TokenSecret Of(string text) => new(text, SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static string Checksum(string body)
    {
        var crc = uint.MaxValue;
        foreach (var character in body)
        {
            crc ^= character;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
        }

        crc = ~crc;
        return string.Create(
            ChecksumLength,
            crc,
            static (digits, rest) =>
            {
                for (var i = digits.Length - 1; i >= 0; i--, rest /= (uint)Digits.Length)
                    digits[i] = Digits[(int)(rest % (uint)Digits.Length)];
            }
        );
    }
}
