using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GoImg.Infrastructure.Storage;

namespace GoImg.Infrastructure.Database.Embedded;

/// <summary>A small file that only its owner reads, whole and durable or not there at all.</summary>
internal static class SecretFile
{
    /// <summary>The password in the file; made when there is none.</summary>
    public static string Password(string path)
    {
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } known)
            return known;
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        Write(path, password);
        return password;
    }

    public static void Write(string path, string text)
    {
        var temporary = path + ".new";
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

        File.Move(temporary, path, overwrite: true);
        DirectoryHandle.Flush(Path.GetDirectoryName(path)!);
    }
}
