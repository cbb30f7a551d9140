namespace GoImg.Infrastructure.Backup;

/// <summary>What a backup holds. Written last: a directory without it is no backup.</summary>
/// <param name="Format">Of the directory; raised when a reader of the one before could not read it.</param>
/// <param name="Program">The version of GoImg that wrote it.</param>
/// <param name="Migration">The newest of the database's.</param>
/// <param name="Database">SHA-256 of the dump, in hexadecimal.</param>
/// <param name="ObjectList">The same of the list of objects.</param>
/// <param name="KeyFile">The same of the file that the stored keys are encrypted with; null when a passphrase or a certificate does that, which no backup holds.</param>
public sealed record BackupManifest(
    int Format,
    string Program,
    DateTimeOffset CreatedAt,
    string Migration,
    string Database,
    string ObjectList,
    long Objects,
    long ObjectBytes,
    string? KeyFile
)
{
    public const int CurrentFormat = 1;
}

/// <summary>A line of the list of objects.</summary>
/// <param name="Sha256">In hexadecimal.</param>
internal sealed record BackupObject(
    string Key,
    long LengthBytes,
    string Sha256,
    string? ContentType,
    string? CacheControl,
    IReadOnlyDictionary<string, string> Custom
);

/// <summary>A backup can't be written or restored; the message says why and what to do.</summary>
public sealed class BackupException(string message) : Exception(message);
