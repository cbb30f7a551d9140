using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage;

/// <summary>Signs addresses with a key that lies in the store, so that all nodes have the same one and a backup of the store has it too
/// (docs/adr/0034-what-a-store-must-do.md).</summary>
internal sealed class LocalSignatures(LocalStoreRoot root)
{
    private readonly Lock _reading = new();
    private volatile byte[]? _key;

    public SignedUrl Sign(ObjectKey key, DateTimeOffset expiresAt)
    {
        var expires = expiresAt.ToUnixTimeSeconds();
        return new SignedUrl(key, expires, Base64Url.EncodeToString(Compute(key, expires)));
    }

    public Result Check(SignedUrl address, DateTimeOffset now)
    {
        // Of any length and of any characters: what differs in them is no signature, and how far it fits is not told by time.
        var given = Encoding.UTF8.GetBytes(address.Signature);
        var right = Encoding.UTF8.GetBytes(Base64Url.EncodeToString(Compute(address.Key, address.ExpiresAt)));
        if (!CryptographicOperations.FixedTimeEquals(given, right))
            return new SignedUrlErrors.WrongSignature();
        return address.ExpiresAt > now.ToUnixTimeSeconds() ? Result.Success : new SignedUrlErrors.Expired();
    }

    private byte[] Compute(ObjectKey key, long expires) =>
        HMACSHA256.HashData(Key(), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"GET\n{key}\n{expires}")));

    private byte[] Key()
    {
        if (_key is { } known)
            return known;
        lock (_reading)
            return _key ??= root.ReadOrMakeSecret();
    }
}
