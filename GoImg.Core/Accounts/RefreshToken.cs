using System.Buffers.Text;
using System.Security.Cryptography;

namespace GoImg.Core.Accounts;

/// <summary>The secret that renews an API session, shown once. It names its session, so that any earlier one used again is known
/// for a stolen one, however old it is.</summary>
/// <param name="Hash">SHA-256 of the secret: all that is kept of it.</param>
public sealed record RefreshToken(SessionId Session, byte[] Hash, string Text)
{
    private const int IdBytes = 16;
    private const int SecretBytes = 32;

    public static RefreshToken Issue(SessionId session)
    {
        var bytes = new byte[IdBytes + SecretBytes];
        session.Value.TryWriteBytes(bytes);
        RandomNumberGenerator.Fill(bytes.AsSpan(IdBytes));
        return Read(bytes);
    }

    /// <summary>Null for anything that can't be a refresh token.</summary>
    public static RefreshToken? Parse(string? text)
    {
        if (text is null || text.Length > 100 || !Base64Url.IsValid(text, out var length) || length != IdBytes + SecretBytes)
            return null;
        return Read(Base64Url.DecodeFromChars(text));
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(byte[]? hash) => hash is not null && CryptographicOperations.FixedTimeEquals(hash, Hash);

    private static RefreshToken Read(byte[] bytes) =>
        new(new SessionId(new Guid(bytes.AsSpan(0, IdBytes))), SHA256.HashData(bytes.AsSpan(IdBytes)), Base64Url.EncodeToString(bytes));
}
