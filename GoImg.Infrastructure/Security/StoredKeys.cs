using System.Security.Cryptography;
using System.Xml.Linq;
using GoImg.Infrastructure.Database;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Security;

/// <summary>The keys that cookies, forms and signing keys are protected with, in the database: a restart signs no one out, and all nodes read each other's cookies.</summary>
public sealed class StoredKeys(GoImgDbContext db, IKeyManager keys, IOptions<KeyManagementOptions> options, TimeProvider time)
{
    // Names that the framework gives them (Microsoft.AspNetCore.DataProtection, XmlConstants).
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XName RequiresEncryption = Framework + "requiresEncryption";
    private static readonly XName EncryptedSecret = Framework + "encryptedSecret";

    /// <summary>Once at the start: encrypts keys that were stored before keys were encrypted, and makes sure that all can be read.
    /// Throws <see cref="UnreadableKeysException"/>: going on would sign everyone out and make tokens of the other nodes worthless.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await EncryptPlainKeysAsync(cancellationToken);
        foreach (var key in keys.GetAllKeys().Where(key => !key.IsRevoked && key.ExpirationDate > time.GetUtcNow()))
        {
            try
            {
                _ = key.Descriptor;
            }
            catch (CryptographicException reason)
            {
                throw new UnreadableKeysException(reason);
            }
        }
    }

    /// <summary>Deletes them all, and the signing keys that only they can read. Everyone is signed out, at the latest by the next start.</summary>
    public static async Task DiscardAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var db = new GoImgDbContext(new DbContextOptionsBuilder<GoImgDbContext>().UseNpgsql(connectionString).Options);
        await db.Set<SigningKey>().ExecuteDeleteAsync(cancellationToken);
        await db.DataProtectionKeys.ExecuteDeleteAsync(cancellationToken);
    }

    private async Task EncryptPlainKeysAsync(CancellationToken cancellationToken)
    {
        var plain = await db.DataProtectionKeys.Where(key => !key.Xml!.Contains("encryptedSecret")).ToListAsync(cancellationToken);
        foreach (var row in plain)
        {
            var key = XElement.Parse(row.Xml!);
            foreach (var secret in key.Descendants().Where(e => (bool?)e.Attribute(RequiresEncryption) == true).ToList())
            {
                var encrypted = options.Value.XmlEncryptor!.Encrypt(new XElement(secret));
                secret.ReplaceWith(
                    new XElement(
                        EncryptedSecret,
                        new XAttribute("decryptorType", encrypted.DecryptorType.AssemblyQualifiedName!),
                        encrypted.EncryptedElement
                    )
                );
            }

            row.Xml = key.ToString(SaveOptions.DisableFormatting);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>The keys in the database were encrypted with something else than this node has.</summary>
public sealed class UnreadableKeysException(Exception reason)
    : Exception(
        $"The keys in the database can't be read with this node's key ({reason.Message}). "
            + "Several nodes need the same DataProtection:Passphrase or DataProtection:CertificatePath; a single one needs the key file it had: restore it from the backup. "
            + "If it is lost, \"goimg keys discard\" makes new keys, and everyone has to sign in again.",
        reason
    );

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.Property(k => k.FriendlyName).HasMaxLength(200).IsRequired();
        builder.Property(k => k.Xml).IsRequired();
    }
}
