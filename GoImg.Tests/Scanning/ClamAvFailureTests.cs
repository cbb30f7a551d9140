using System.Net.Sockets;
using GoImg.Core.Scanning;
using GoImg.Infrastructure.Scanning;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Scanning;

/// <summary>Every way in which clamd can fail to answer: none of them is "clean".</summary>
public sealed class ClamAvFailureTests
{
    // more than the sockets in between can swallow
    private const int FileBytes = 16 << 20;

    public static TheoryData<string> Failures => [.. Behaviours.Keys];

    private static readonly Dictionary<string, Func<NetworkStream, CancellationToken, Task>> Behaviours = new(StringComparer.Ordinal)
    {
        ["hangs up at once"] = (_, _) => Task.CompletedTask,
        ["hangs up in the middle of the file"] = (stream, token) => TakeAsync(stream, 1 << 20, token),
        ["hangs up before its answer"] = (stream, token) => TakeAsync(stream, FileBytes, token),
        ["says nothing"] = async (stream, token) =>
        {
            await TakeAsync(stream, FileBytes, token);
            await Task.Delay(Timeout.Infinite, token);
        },
        ["takes nothing"] = (_, token) => Task.Delay(Timeout.Infinite, token),
        ["answers one letter at a time"] = async (stream, token) =>
        {
            await TakeAsync(stream, FileBytes, token);
            while (true)
            {
                await stream.WriteAsync("s"u8.ToArray(), token);
                await Task.Delay(50, token);
            }
        },
        ["reports an error"] = (stream, token) => AnswerAsync(stream, "stream: lstat() failed ERROR\0", token),
        ["is out of memory"] = (stream, token) => AnswerAsync(stream, "stream: Can't allocate memory ERROR\0", token),
        ["finds the file too large"] = async (stream, token) =>
        {
            await TakeAsync(stream, 1 << 20, token);
            await stream.WriteAsync("INSTREAM size limit exceeded. ERROR\0"u8.ToArray(), token);
        },
        ["does not know the command"] = (stream, token) => AnswerAsync(stream, "UNKNOWN COMMAND\0", token),
        ["breaks off within its answer"] = (stream, token) => AnswerAsync(stream, "stream: OK", token),
        ["judges half of the file"] = async (stream, token) =>
        {
            await TakeAsync(stream, 1 << 20, token);
            await stream.WriteAsync("stream: OK\0"u8.ToArray(), token);
        },
        ["never ends its answer"] = async (stream, token) =>
        {
            await TakeAsync(stream, FileBytes, token);
            while (true)
                await stream.WriteAsync(
                    new byte[8192]
                        .Select(_ => (byte)'x')
                        .ToArray(),
                    token
                );
        },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_scanner_that_fails_gives_no_verdict(string failure)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync(listener, Behaviours[failure], stop.Token);
        var scanner = Scanner(listener);

        using var file = new MemoryStream(new byte[FileBytes]);
        await Assert.ThrowsAsync<ScannerUnavailableException>(() => scanner.ScanAsync(file, TestContext.Current.CancellationToken));

        await stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task A_scanner_that_is_not_there_gives_no_verdict()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var scanner = Scanner(listener);
        listener.Stop();

        using var file = new MemoryStream(new byte[10]);
        await Assert.ThrowsAsync<ScannerUnavailableException>(() => scanner.ScanAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whether_the_scanner_takes_the_largest_file_is_asked_and_not_guessed()
    {
        await using var clamd = new FakeClamd();
        var scanner = new ClamAvScanner(FixedOptions.Of(new ScanningOptions { ClamAv = clamd.Address }), TimeProvider.System);

        Assert.Equal(ScanDepth.Overlooks, await scanner.LookAtAsync(3 << 20, TestContext.Current.CancellationToken));
        Assert.Equal(3 << 20, clamd.Scanned.Single());
        clamd.Verdict = _ => "INSTREAM size limit exceeded. ERROR";
        Assert.Equal(ScanDepth.Refuses, await scanner.LookAtAsync(3 << 20, TestContext.Current.CancellationToken));
        clamd.Verdict = _ => null;
        await Assert.ThrowsAsync<ScannerUnavailableException>(() => scanner.LookAtAsync(1, TestContext.Current.CancellationToken));
    }

    private static ClamAvScanner Scanner(TcpListener listener) =>
        new(
            FixedOptions.Of(
                new ScanningOptions { ClamAv = "127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port, Timeout = TimeSpan.FromSeconds(1) }
            ),
            TimeProvider.System
        );

    private static async Task ServeAsync(TcpListener listener, Func<NetworkStream, CancellationToken, Task> behave, CancellationToken stop)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync(stop);
            await behave(client.GetStream(), stop);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // the scanner gave up on us, or the test did
        }
    }

    private static async Task TakeAsync(NetworkStream stream, int bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        for (var left = bytes; left > 0; )
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), cancellationToken);
            if (read == 0)
                return;
            left -= read;
        }
    }

    private static async Task AnswerAsync(NetworkStream stream, string answer, CancellationToken cancellationToken)
    {
        var content = new byte[FileBytes + 4 * (FileBytes / 65536 + 1) + 10];
        await stream.ReadExactlyAsync(content, cancellationToken);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), cancellationToken);
    }
}
