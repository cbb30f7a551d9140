using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using GoImg.Core.Scanning;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Scanning;

/// <summary>clamd over its own protocol (clamd(8), INSTREAM). Every answer but a clear OK or FOUND means that nothing is known about the file.</summary>
internal sealed class ClamAvScanner(IOptionsMonitor<ScanningOptions> options, TimeProvider time) : IMalwareScanner
{
    private const int ChunkBytes = 64 * 1024;

    // clamd answers with one line; a signature's name is short.
    private const int MaxAnswerBytes = 4096;

    public bool IsOn => true;

    public async Task<ScanVerdict> ScanAsync(Stream content, CancellationToken cancellationToken)
    {
        var timeout = options.CurrentValue.Timeout;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            content.Position = 0;
            return Judge(await AskAsync(content, either.Token));
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ScannerUnavailableException($"The virus scanner did not answer within {timeout.TotalSeconds:0} s.", late);
        }
        catch (SocketException refused)
        {
            throw new ScannerUnavailableException("The virus scanner can't be reached.", refused);
        }
    }

    /// <summary>What clamd makes of a file of that length: its StreamMaxLength, MaxFileSize and MaxScanSize can be asked for in no other way.
    /// Throws <see cref="ScannerUnavailableException"/> when it gives no clear answer.</summary>
    public async Task<ScanDepth> LookAtAsync(long bytes, CancellationToken cancellationToken)
    {
        using var carrier = EicarProbe.Of(bytes);
        try
        {
            return (await ScanAsync(carrier, cancellationToken)).Malware switch
            {
                null => ScanDepth.Overlooks,
                var name when name.StartsWith("Heuristics.Limits.Exceeded", StringComparison.Ordinal) => ScanDepth.Accuses,
                _ => ScanDepth.Finds,
            };
        }
        catch (ScannerUnavailableException refused) when (refused.Message.Contains("size limit exceeded", StringComparison.OrdinalIgnoreCase))
        {
            return ScanDepth.Refuses;
        }
    }

    private async Task<string> AskAsync(Stream content, CancellationToken cancellationToken)
    {
        using var socket = Open(out var address);
        await socket.ConnectAsync(address, cancellationToken);
        var isSent = false;
        try
        {
            await SendAsync(socket, content, cancellationToken);
            isSent = true;
        }
        catch (SocketException)
        {
            // clamd hangs up on a stream over its own limit, but says so first: the answer below tells why.
        }

        var answer = await ReadAnswerAsync(socket, cancellationToken);
        // A verdict on the first half of a file is none on the file.
        return isSent ? answer : $"it did not take the whole file ({answer})";
    }

    private static async Task SendAsync(Socket socket, Stream content, CancellationToken cancellationToken)
    {
        await socket.SendAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
        var chunk = ArrayPool<byte>.Shared.Rent(sizeof(int) + ChunkBytes);
        try
        {
            int read;
            do
            {
                // The last chunk is the empty one that ends the stream.
                read = await content.ReadAsync(chunk.AsMemory(sizeof(int), ChunkBytes), cancellationToken);
                BinaryPrimitives.WriteInt32BigEndian(chunk, read);
                for (var sent = 0; sent < sizeof(int) + read; )
                    sent += await socket.SendAsync(chunk.AsMemory(sent, sizeof(int) + read - sent), cancellationToken);
            } while (read > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static async Task<string> ReadAnswerAsync(Socket socket, CancellationToken cancellationToken)
    {
        var answer = new byte[MaxAnswerBytes];
        var length = 0;
        while (length < answer.Length)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), cancellationToken);
            if (read == 0)
                break;
            length += read;
            if (answer[length - 1] == 0)
                return Encoding.UTF8.GetString(answer, 0, length - 1).TrimEnd('\n');
        }

        return length == 0 ? "" : "it broke off at " + Encoding.UTF8.GetString(answer, 0, length);
    }

    /// <summary><c>stream: OK</c>, <c>stream: Eicar-Signature FOUND</c>, or anything else.</summary>
    internal static ScanVerdict Judge(string answer) =>
        answer switch
        {
            "stream: OK" => new ScanVerdict(null),
            _ when answer.StartsWith("stream: ", StringComparison.Ordinal)
                    && answer.EndsWith(" FOUND", StringComparison.Ordinal)
                    && answer.Length > 14 => new ScanVerdict(answer["stream: ".Length..^" FOUND".Length]),
            _ => throw new ScannerUnavailableException(
                $"The virus scanner gave no verdict: {(answer.Length == 0 ? "it hung up" : answer[..Math.Min(answer.Length, 200)])}."
            ),
        };

    private Socket Open(out EndPoint address)
    {
        var named = options.CurrentValue.ClamAv;
        if (named.StartsWith('/'))
        {
            address = new UnixDomainSocketEndPoint(named);
            return new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        }

        var colon = named.LastIndexOf(':');
        address = new DnsEndPoint(named[..colon], int.Parse(named[(colon + 1)..], CultureInfo.InvariantCulture));
        return new Socket(SocketType.Stream, ProtocolType.Tcp);
    }
}
