using System.Security.Cryptography;
using System.Text.Json;

namespace GoImg.Infrastructure.Backup;

/// <summary>A backup on disk, for its owner alone: it holds everything that members keep private, and the keys.</summary>
public sealed class BackupDirectory
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _path;

    private BackupDirectory(string path) => _path = path;

    public string Dump => Path.Combine(_path, "database.dump");

    public string KeyFile => Path.Combine(_path, "data-protection.key");

    /// <summary>A line of JSON for each object.</summary>
    public string ObjectList => Path.Combine(_path, "objects.jsonl");

    private string Manifest => Path.Combine(_path, "backup.json");

    /// <summary>Throws <see cref="BackupException"/> when there is anything at that path.</summary>
    public static BackupDirectory Create(string path)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw new BackupException($"{path} is not empty. Name a directory that is empty or not there yet: each backup has one of its own.");

        Directory.CreateDirectory(path, OwnersAlone);
        return new BackupDirectory(path);
    }

    /// <summary>A finished backup, whose dump, list and key file are as they were written. Throws <see cref="BackupException"/>.</summary>
    public static async Task<(BackupDirectory Directory, BackupManifest Manifest)> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var directory = new BackupDirectory(Path.GetFullPath(path));
        if (!File.Exists(directory.Manifest))
            throw new BackupException($"{directory._path} is no backup, or one that was not finished: it has no backup.json.");

        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllTextAsync(directory.Manifest, cancellationToken), Json);
        }
        catch (JsonException)
        {
            manifest = null;
        }

        if (manifest?.Format != BackupManifest.CurrentFormat)
            throw new BackupException(
                $"{directory.Manifest} is not one that this GoImg can read{(manifest is null ? "" : $": its format is {manifest.Format}, made by GoImg {manifest.Program}")}. Restore it with the version that made it, or a newer one."
            );

        await CheckAsync(directory.Dump, manifest.Database, cancellationToken);
        await CheckAsync(directory.ObjectList, manifest.ObjectList, cancellationToken);
        if (manifest.KeyFile is { } key)
            await CheckAsync(directory.KeyFile, key, cancellationToken);
        return (directory, manifest);
    }

    public Task FinishAsync(BackupManifest manifest, CancellationToken cancellationToken) =>
        WriteAsync(Manifest, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, Json)), cancellationToken);

    /// <summary>Takes the key file in. Returns its SHA-256 in hexadecimal; null when there is none.</summary>
    public async Task<string?> SaveKeyAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            return null;

        await using var key = File.OpenRead(file);
        return await WriteAsync(KeyFile, key, cancellationToken);
    }

    /// <summary>Puts the key file back. Throws <see cref="BackupException"/> when another key is there.</summary>
    public async Task RestoreKeyAsync(string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file) && await HashAsync(file, cancellationToken) != await HashAsync(KeyFile, cancellationToken))
            throw new BackupException($"{file} is the key of another site. Move it away, or restore into another data directory.");

        await using var key = File.OpenRead(KeyFile);
        await WriteAsync(file, key, cancellationToken);
    }

    /// <summary>Where an object's bytes lie; its key holds nothing that leaves the directory.</summary>
    internal string PathOf(Core.Storage.ObjectKey key) => Path.Combine(_path, "objects", key.Value);

    /// <summary>Writes a file that is whole once it has its name. Returns its SHA-256 in hexadecimal.</summary>
    internal static async Task<string> WriteAsync(string file, Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!, OwnersAlone);
        var part = file + ".part";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (
            var written = new FileStream(
                part,
                new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    Options = FileOptions.Asynchronous,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        {
            var buffer = new byte[81920];
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0; )
            {
                hash.AppendData(buffer, 0, read);
                await written.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            written.Flush(flushToDisk: true);
        }

        File.Move(part, file, overwrite: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 of a file in hexadecimal.</summary>
    public static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static async Task CheckAsync(string file, string expected, CancellationToken cancellationToken)
    {
        if (!File.Exists(file) || await HashAsync(file, cancellationToken) != expected)
            throw new BackupException($"{file} is missing or is not as it was written. Nothing was restored; use another copy of the backup.");
    }
}
