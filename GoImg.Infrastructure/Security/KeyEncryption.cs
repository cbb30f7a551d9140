using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using GoImg.DurableFiles;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Security;

/// <summary>Encrypts data protection keys with AES-256-GCM under a key derived from the operator's passphrase or from the key file.
/// Its type's name is stored beside each encrypted key: it must not change. A singleton; safe on many threads.</summary>
internal sealed class KeyEncryption(KeyEncryptionOptions options, string keyFile) : IXmlEncryptor
{
    // OWASP ASVS 5.0 appendix C, PBKDF2-HMAC-SHA512.
    private const int Iterations = 210_000;

    private const int KeyBytes = 32;
    private const int SaltBytes = 16;

    private static readonly XName Secret = "goimgSecret";

    private readonly Lazy<byte[]> _fileKey = new(() => Encoding.UTF8.GetBytes(SecretFile.Password(keyFile)));

    private bool UsesPassphrase => options.Passphrase is { Length: > 0 };

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var (cipher, tag) = (new byte[plain.Length], new byte[AesGcm.TagByteSizes.MaxSize]);
        using (var aes = new AesGcm(Derive(UsesPassphrase, salt), tag.Length))
            aes.Encrypt(nonce, plain, cipher, tag);
        CryptographicOperations.ZeroMemory(plain);
        var encrypted = new XElement(
            Secret,
            new XAttribute("from", UsesPassphrase ? "passphrase" : "file"),
            new XAttribute("salt", Convert.ToBase64String(salt)),
            new XAttribute("nonce", Convert.ToBase64String(nonce)),
            new XAttribute("tag", Convert.ToBase64String(tag)),
            Convert.ToBase64String(cipher)
        );
        return new EncryptedXmlInfo(encrypted, typeof(Decryptor));
    }

    // Keys from before a passphrase was set stay readable while the file is there.
    private XElement Decrypt(XElement encrypted)
    {
        var isFromPassphrase = (string?)encrypted.Attribute("from") == "passphrase";
        if (isFromPassphrase && !UsesPassphrase)
            throw new CryptographicException("It was encrypted with a passphrase, and DataProtection:Passphrase is not set.");

        var cipher = Convert.FromBase64String(encrypted.Value);
        var plain = new byte[cipher.Length];
        var tag = Bytes(encrypted, "tag");
        using (var aes = new AesGcm(Derive(isFromPassphrase, Bytes(encrypted, "salt")), tag.Length))
            aes.Decrypt(Bytes(encrypted, "nonce"), cipher, tag, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    private byte[] Derive(bool fromPassphrase, byte[] salt) =>
        fromPassphrase
            ? Rfc2898DeriveBytes.Pbkdf2(options.Passphrase!, salt, Iterations, HashAlgorithmName.SHA512, KeyBytes)
            : HKDF.DeriveKey(HashAlgorithmName.SHA256, _fileKey.Value, KeyBytes, salt, "GoImg.DataProtection.v1"u8.ToArray());

    private static byte[] Bytes(XElement element, string attribute) => Convert.FromBase64String((string?)element.Attribute(attribute) ?? "");

    /// <summary>Made by the framework, by the name stored with a key.</summary>
    internal sealed class Decryptor(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<KeyEncryption>().Decrypt(encryptedElement);
    }
}
