using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using GoImg.Infrastructure.Rendering.Protocol;

namespace GoImg.Infrastructure.Rendering;

/// <summary>The parent's end of one render process. Used by one render at a time.</summary>
internal sealed partial class RenderProcess : IAsyncDisposable
{
    private const int KillSignal = 9;
    private const int PieceBytes = 512 * 1024;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);
    private readonly Process _process;

    private RenderProcess(Process process, DecoderKind kind, WorkerHandshake handshake)
    {
        _process = process;
        Kind = kind;
        Greeting = handshake;
    }

    public DecoderKind Kind { get; }

    public WorkerHandshake Greeting { get; }

    /// <summary>How many images it was given.</summary>
    public int Images { get; private set; }

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts one and waits for its greeting. Throws <see cref="InvalidDataException"/> or <see cref="IOException"/> when none comes.</summary>
    public static async Task<RenderProcess> StartAsync(
        ProcessStarter starter,
        ProcessStartInfo start,
        DecoderKind kind,
        CancellationToken cancellationToken
    )
    {
        var process = await starter.StartAsync(start);
        _ = DrainAsync(process.StandardError.BaseStream);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(StartLimit);
            await using var registration = limit.Token.Register(() => Kill(process));
            return new RenderProcess(process, kind, await WorkerHandshake.ReadAsync(process.StandardOutput.BaseStream, CancellationToken.None));
        }
        catch (Exception)
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>Sends a request with its input and reads the answer; its parts come next, by <see cref="ReadPartAsync"/>.
    /// Kill the process to break this off. Throws <see cref="RenderProcessEndedException"/> when it ends meanwhile,
    /// <see cref="InvalidDataException"/> when what it says is no answer to this.</summary>
    public async Task<RenderResponse> AskAsync(RenderRequest request, Stream input, CancellationToken cancellationToken)
    {
        Images++;
        await SendAsync(request.ToBytes());
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (long sent = 0; sent < request.InputLength; )
            {
                var count = await input.ReadAsync(piece.AsMemory(0, (int)Math.Min(PieceBytes, request.InputLength - sent)), cancellationToken);
                if (count == 0)
                    throw new EndOfStreamException("The image's stream is shorter than its length.");
                await SendAsync(piece.AsMemory(0, count));
                sent += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        try
        {
            var answer = await RenderResponse.ReadAsync(_process.StandardOutput.BaseStream, CancellationToken.None);
            return answer.Ticket == request.Ticket ? answer : throw new InvalidDataException("The render process answered another question.");
        }
        catch (IOException ended)
        {
            throw new RenderProcessEndedException(ended);
        }
    }

    /// <summary>Fills <paramref name="target"/> with what comes next.</summary>
    public async Task ReadPartAsync(Memory<byte> target)
    {
        try
        {
            await _process.StandardOutput.BaseStream.ReadExactlyAsync(target, CancellationToken.None);
        }
        catch (IOException ended)
        {
            throw new RenderProcessEndedException(ended);
        }
    }

    /// <summary>At once, with whatever it has started.</summary>
    public void Kill() => Kill(_process);

    /// <summary>The code it ended with, above 128 for a signal; waits for the end a moment and then forces it.</summary>
    public async Task<int> EndCodeAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(EndLimit);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            Kill();
            return 0;
        }
    }

    public async ValueTask DisposeAsync() => await EndAsync(_process);

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(bytes, CancellationToken.None);
            await _process.StandardInput.BaseStream.FlushAsync(CancellationToken.None);
        }
        catch (IOException ended)
        {
            throw new RenderProcessEndedException(ended);
        }
    }

    private static async Task EndAsync(Process process)
    {
        Kill(process);
        try
        {
            await process.WaitForExitAsync().WaitAsync(EndLimit);
        }
        catch (TimeoutException)
        {
            // stuck in the kernel; it is dead and will be reaped
        }

        process.Dispose();
    }

    private static void Kill(Process process)
    {
        // setsid made it the leader of its group; the group may outlive it
        if (OperatingSystem.IsLinux())
            _ = kill(-process.Id, KillSignal);
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    /// <summary>No one reads its messages, but a full pipe would stop it.</summary>
    private static async Task DrainAsync(Stream errors)
    {
        try
        {
            await errors.CopyToAsync(Stream.Null);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // the process was ended
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int processOrGroup, int signal);
}
