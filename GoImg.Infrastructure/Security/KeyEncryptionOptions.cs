using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;

namespace GoImg.Infrastructure.Security;

/// <summary><c>DataProtection</c>: what the keys in the database are encrypted with, which must not stand in the database itself.
/// At most one of passphrase and certificate; with neither, a file that GoImg makes. Several nodes need one of the two.</summary>
public sealed class KeyEncryptionOptions : IValidatedOptions
{
    public const int MinPassphraseLength = 20;

    public static string Section => "DataProtection";

    /// <summary>Null: <c>keys/data-protection.key</c> in the data directory. Made when it is missing, readable by its owner alone.</summary>
    public string? KeyFile { get; set; }

    /// <summary>At least <see cref="MinPassphraseLength"/> characters; the same on every node.</summary>
    public string? Passphrase { get; set; }

    /// <summary>A PKCS #12 file with certificate and private key; the same on every node.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>Of the PKCS #12 file; null when it has none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>Where the key file is, or would be made.</summary>
    /// <param name="dataPath">The data directory.</param>
    public string KeyFileIn(string dataPath) => KeyFile is { Length: > 0 } named ? named : Path.Combine(dataPath, "keys", "data-protection.key");

    public void Check(OptionRules rules)
    {
        rules.Holds(
            string.IsNullOrEmpty(Passphrase) || string.IsNullOrEmpty(CertificatePath),
            "DataProtection:Passphrase and DataProtection:CertificatePath are both set; remove one of them."
        );
        rules.Holds(
            string.IsNullOrEmpty(Passphrase) || Passphrase.Length >= MinPassphraseLength,
            $"DataProtection:Passphrase has {Passphrase?.Length} characters; it needs at least {MinPassphraseLength}."
        );
        rules.FileExists(CertificatePath, "a PKCS #12 file with a private key");
        rules.MayBeFile(KeyFile);
    }
}
