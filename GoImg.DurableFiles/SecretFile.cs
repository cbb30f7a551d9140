using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GoImg.DurableFiles;

/// <summary>A small file that only its owner reads, whole and durable or not there at all.</summary>
internal static class SecretFile
{
    /// <summary>The password in the file; made when there is none, with its directory. Of two processes that make it at once both get the same.</summary>
    public static string Password(string path)
    {
        if (Read(path) is { } known)
            return known;
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return TryWrite(path, password, overwrite: false) ? password : Read(path) ?? throw new IOException($"{path} is empty.");
    }

    public static void Write(string path, string text) => TryWrite(path, text, overwrite: true);

    private static string? Read(string path) => File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } known ? known : null;

    private static bool TryWrite(string path, string text, bool overwrite)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        File.Delete(temporary);
        using (
            var file = new FileStream(
                temporary,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        {
            file.Write(Encoding.UTF8.GetBytes(text + "\n"));
            file.Flush();
            DiskFlush.File(file.SafeFileHandle);
        }

        using var directory = DirectoryHandle.Open(Path.GetDirectoryName(path)!) ?? throw new DirectoryNotFoundException($"{path} is gone.");
        if (overwrite)
            File.Move(temporary, path, overwrite: true);
        else if (!directory.TakeNew(directory, Path.GetFileName(temporary), Path.GetFileName(path)))
        {
            File.Delete(temporary);
            return false;
        }

        directory.Flush();
        return true;
    }
}
