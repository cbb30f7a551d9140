using System.Security.Cryptography;

namespace GoImg.Tests.Harness;

/// <summary>An empty directory with a short path (sockets allow about a hundred bytes) that other accounts can pass through; gone when disposed.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "goimg-test-" + RandomNumberGenerator.GetHexString(8, lowercase: true));
        Directory.CreateDirectory(Path);
        File.SetUnixFileMode(Path, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
