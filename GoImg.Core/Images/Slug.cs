using System.Security.Cryptography;

namespace GoImg.Core.Images;

/// <summary>The name of an image or album in addresses: 16 random letters and digits, 95 bits, so a link can't be guessed.</summary>
public static class Slug
{
    public const int Length = 16;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    public static bool IsWellFormed(string text) => text.Length == Length && text.All(char.IsAsciiLetterOrDigit);
}
