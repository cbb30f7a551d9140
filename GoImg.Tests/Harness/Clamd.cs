using System.Diagnostics;
using System.Net.Sockets;

namespace GoImg.Tests.Harness;

/// <summary>The real clamd with one signature of ours, for the harmless test file of the European Institute for Computer Antivirus Research:
/// nothing is downloaded. Tests that need it are skipped where it is not installed.</summary>
public sealed class Clamd : IAsyncDisposable
{
    private const string Program = "/usr/sbin/clamd";
    private readonly TempDirectory _directory = new();
    private Process? _process;

    /// <summary>The test file, put together here so that no scanner objects to this repository.</summary>
    public static byte[] Eicar => Convert.FromHexString(EicarHex);

    private const string EicarHex =
        "58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d414e544956495255532d544553542d46494c452124482b482a";

    /// <summary>As <c>Scanning:ClamAv</c>.</summary>
    public string Address => _directory["clamd.sock"];

    /// <param name="limits">Lines of clamd.conf; without them it takes and sees whatever GoImg takes.</param>
    /// <param name="knowsTestFile">Without, its one signature is of something else.</param>
    public static async Task<Clamd> StartAsync(string limits = "StreamMaxLength 60M\nMaxFileSize 60M\nMaxScanSize 200M\n", bool knowsTestFile = true)
    {
        Assert.SkipUnless(File.Exists(Program), "clamd is not installed.");
        var clamd = new Clamd();
        var directory = clamd._directory;
        await File.WriteAllTextAsync(
            directory["test.ndb"],
            $"Eicar-Test-Signature:0:*:{(knowsTestFile ? EicarHex : Convert.ToHexString("no file at all"u8))}\n"
        );
        await File.WriteAllTextAsync(
            directory["clamd.conf"],
            $"Foreground yes\nDatabaseDirectory {directory.Path}\nLocalSocket {clamd.Address}\nTemporaryDirectory {directory.Path}\n{limits}"
        );
        var process = Process.Start(
            new ProcessStartInfo(Program, ["--config-file", directory["clamd.conf"]])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        clamd._process = process;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.TrueAsync(() => Task.FromResult(IsListening(clamd.Address) || process.HasExited));
        Assert.False(process.HasExited, "clamd did not start.");
        return clamd;
    }

    /// <summary>The socket's file is there a moment before anyone listens behind it.</summary>
    public static bool IsListening(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        _directory.Dispose();
    }
}
