using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using GoImg.Core.Scanning;
using GoImg.Infrastructure.Scanning;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Scanning;

public sealed class ClamAvScannerTests
{
    [Fact]
    public async Task The_real_clamd_tells_a_known_bad_file_from_others_of_any_size()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/clamd"), "clamd is not installed.");
        var bad = Pictures.Png(666);
        using var directory = new TempDirectory();
        using var clamd = await StartClamdAsync(directory, bad);
        try
        {
            var scanner = new ClamAvScanner(
                FixedOptions.Of(new ScanningOptions { Kind = "clamav", ClamAv = directory["clamd.sock"] }),
                TimeProvider.System
            );

            Assert.Equal("Test.Picture.UNOFFICIAL", (await ScanAsync(scanner, bad)).Malware);
            Assert.Null((await ScanAsync(scanner, Pictures.Png())).Malware);
            Assert.Null((await ScanAsync(scanner, new byte[5 << 20])).Malware);
            // Above the StreamMaxLength it was started with: no verdict, so not clean.
            await Assert.ThrowsAsync<ScannerUnavailableException>(() => ScanAsync(scanner, new byte[30 << 20]));
        }
        finally
        {
            clamd.Kill();
            await clamd.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("stream: OK", null)]
    [InlineData("stream: Eicar-Signature FOUND", "Eicar-Signature")]
    public void A_verdict_is_read(string answer, string? malware) => Assert.Equal(malware, ClamAvScanner.Judge(answer).Malware);

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("stream: OK ")]
    [InlineData("stream: FOUND")]
    [InlineData("stream: Can't allocate memory ERROR")]
    [InlineData("INSTREAM size limit exceeded. ERROR")]
    [InlineData("UNKNOWN COMMAND")]
    public void Anything_else_is_no_verdict(string answer) => Assert.Throws<ScannerUnavailableException>(() => ClamAvScanner.Judge(answer));

    [Fact]
    public async Task A_scanner_that_does_not_answer_in_time_is_down()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var scanner = new ClamAvScanner(
            FixedOptions.Of(
                new ScanningOptions { ClamAv = "127.0.0.1:" + ((IPEndPoint)silent.LocalEndpoint).Port, Timeout = TimeSpan.FromMilliseconds(200) }
            ),
            TimeProvider.System
        );

        var down = await Assert.ThrowsAsync<ScannerUnavailableException>(() => ScanAsync(scanner, Pictures.Png()));

        Assert.Contains("did not answer", down.Message);
    }

    private static async Task<ScanVerdict> ScanAsync(ClamAvScanner scanner, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return await scanner.ScanAsync(content, TestContext.Current.CancellationToken);
    }

    private static async Task<Process> StartClamdAsync(TempDirectory directory, byte[] bad)
    {
        // A signature of one file by its hash, in the format of ClamAV's own hash databases: MD5:size:name.
        await File.WriteAllTextAsync(directory["test.hdb"], $"{Convert.ToHexStringLower(MD5.HashData(bad))}:{bad.Length}:Test.Picture\n");
        await File.WriteAllTextAsync(
            directory["clamd.conf"],
            $"Foreground yes\nDatabaseDirectory {directory.Path}\nLocalSocket {directory["clamd.sock"]}\nStreamMaxLength 20M\nTemporaryDirectory {directory.Path}\n"
        );
        var clamd = Process.Start(
            new ProcessStartInfo("/usr/sbin/clamd", ["--config-file", directory["clamd.conf"]])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        clamd.OutputDataReceived += (_, _) => { };
        clamd.ErrorDataReceived += (_, _) => { };
        clamd.BeginOutputReadLine();
        clamd.BeginErrorReadLine();
        await Eventually.TrueAsync(() => Task.FromResult(Clamd.IsListening(directory["clamd.sock"]) || clamd.HasExited));
        Assert.False(clamd.HasExited, "clamd did not start.");
        return clamd;
    }
}
