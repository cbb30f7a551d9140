using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace GoImg.Bench.GoImgItself;

/// <summary>clamd with a single signature of ours: what scanning costs does not depend on a download.</summary>
internal sealed class Clamd : IDisposable
{
    private readonly Process _process;
    private readonly string _directory;

    private Clamd(Process process, string directory, int port) => (_process, _directory, Port) = (process, directory, port);

    public int Port { get; }

    /// <summary>Null where there is no clamd.</summary>
    public static async Task<Clamd?> TryStartAsync(string workspace)
    {
        string[] places = ["/usr/sbin/clamd", "/usr/bin/clamd", "/usr/local/sbin/clamd", "/opt/homebrew/sbin/clamd"];
        if (places.FirstOrDefault(File.Exists) is not { } program)
            return null;

        var directory = Directory.CreateDirectory(Path.Combine(workspace, "clamd-" + Guid.CreateVersion7().ToString("N"))).FullName;
        var port = Server.FreePort();
        await File.WriteAllTextAsync(
            Path.Combine(directory, "bench.ndb"),
            $"Bench-Signature:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes("GOIMG BENCH SIGNATURE 4711"))}\n"
        );
        var settings = Path.Combine(directory, "clamd.conf");
        await File.WriteAllTextAsync(
            settings,
            string.Create(
                CultureInfo.InvariantCulture,
                $"DatabaseDirectory {directory}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\nTemporaryDirectory {directory}\nStreamMaxLength 60M\nMaxFileSize 60M\nMaxScanSize 200M\nUser {Environment.UserName}\n"
            )
        );
        var process = Process.Start(
            new ProcessStartInfo(program, ["--config-file", settings]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        var clamd = new Clamd(process, directory, port);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tries = 0; tries < 400 && !process.HasExited; tries++, await tick.WaitForNextTickAsync())
            if (await AnswersAsync(port))
                return clamd;

        clamd.Dispose();
        return null;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            await client.GetStream().WriteAsync("zPING\0"u8.ToArray());
            return client.GetStream().ReadByte() == 'P';
        }
        catch (Exception closed) when (closed is SocketException or IOException)
        {
            return false;
        }
    }
}
