namespace GoImg.Infrastructure.Security;

/// <summary><c>DataProtection</c>: what the keys in the database are encrypted with, which must not stand in the database itself.
/// At most one of passphrase and certificate; with neither, a file that GoImg makes. Several nodes need one of the two.</summary>
public sealed class KeyEncryptionOptions
{
    public const int MinPassphraseLength = 20;

    /// <summary>Null: <c>keys/data-protection.key</c> in the data directory. Made when it is missing, readable by its owner alone.</summary>
    public string? KeyFile { get; set; }

    /// <summary>At least <see cref="MinPassphraseLength"/> characters; the same on every node.</summary>
    public string? Passphrase { get; set; }

    /// <summary>A PKCS #12 file with certificate and private key; the same on every node.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>Of the PKCS #12 file; null when it has none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>What is wrong with it, with the key's name; null when nothing is.</summary>
    public string? Check()
    {
        if (Passphrase is { Length: > 0 } && CertificatePath is { Length: > 0 })
            return "DataProtection:Passphrase and DataProtection:CertificatePath are both set; remove one of them.";
        if (Passphrase is { Length: > 0 and < MinPassphraseLength })
            return $"DataProtection:Passphrase has {Passphrase.Length} characters; it needs at least {MinPassphraseLength}.";
        if (CertificatePath is { Length: > 0 } && !File.Exists(CertificatePath))
            return $"DataProtection:CertificatePath is \"{CertificatePath}\"; there is no such file. It takes a PKCS #12 file with a private key.";
        return null;
    }
}
