using System.ComponentModel;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Rendering;

/// <summary>The render processes that run, of both kinds: starts them as locked in as this machine allows, keeps idle ones warm. Thread-safe.</summary>
internal sealed partial class RenderProcesses(RenderOptions options, ILogger<RenderProcesses> log) : IAsyncDisposable
{
    private readonly ProcessStarter _starter = new();
    private readonly List<RenderProcess> _idle = [];
    private readonly SemaphoreSlim _choosing = new(1);
    private SandboxProfile? _surroundings;
    private WorkerHandshake? _greeting;
    private int _rented;
    private bool _isClosed;

    // one beyond, so that a HEIC now and then does not cost the others a warm process
    private int MaxProcesses => options.Places + 1;

    /// <summary>A warm process of that kind, or a new one. Throws <see cref="RendererUnavailableException"/> when none can be had,
    /// <see cref="HeicIsOffException"/> where the system has nothing that decodes HEIC.</summary>
    public async Task<RenderProcess> RentAsync(DecoderKind kind, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (process, other) = Take(kind);
            if (other is not null)
                await other.DisposeAsync();
            if (process is { HasEnded: false })
                return process;
            if (process is not null)
            {
                await EndAsync(process);
                continue;
            }

            try
            {
                return await StartAsync(kind, cancellationToken);
            }
            catch (Exception)
            {
                Interlocked.Decrement(ref _rented);
                throw;
            }
        }
    }

    /// <summary>Takes a process back for the next render, or ends it when it has done enough.</summary>
    public async Task ReturnAsync(RenderProcess process)
    {
        var isKept = false;
        if (process.Images < options.ImagesPerWorker)
            lock (_idle)
            {
                isKept = !_isClosed && _idle.Count(p => p.Kind == process.Kind) < options.Places;
                if (isKept)
                {
                    _idle.Add(process);
                    _rented--;
                }
            }

        if (!isKept)
            await EndAsync(process);
    }

    /// <summary>Takes a process back that is not to be used again.</summary>
    public async Task EndAsync(RenderProcess process)
    {
        await process.DisposeAsync();
        Interlocked.Decrement(ref _rented);
    }

    /// <summary>What the last process of the usual kind said when it started; null while none has.</summary>
    public WorkerHandshake? Greeting => Volatile.Read(ref _greeting);

    /// <summary>The strongest surroundings that work here, found out once.</summary>
    public async Task<SandboxProfile> SurroundingsAsync(CancellationToken cancellationToken)
    {
        if (_surroundings is { } known)
            return known;

        await _choosing.WaitAsync(cancellationToken);
        try
        {
            if (_surroundings is null)
            {
                _surroundings = await ChooseAsync();
                if (_surroundings.Isolation == RenderIsolation.None && options is { Isolation: "auto", WorkerCommand.Count: 0 })
                    LogNoIsolation();
                else
                    LogIsolation(_surroundings.Isolation, _surroundings.MaxProcesses);
            }

            return _surroundings;
        }
        finally
        {
            _choosing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        RenderProcess[] idle;
        lock (_idle)
        {
            _isClosed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var process in idle)
            await process.DisposeAsync();
        _starter.Dispose();
        _choosing.Dispose();
    }

    /// <summary>The one of that kind that was used last; else the right to start one, and with it the oldest of the other kind if there would be too many.</summary>
    private (RenderProcess? Process, RenderProcess? Other) Take(DecoderKind kind)
    {
        lock (_idle)
        {
            _rented++;
            var at = _idle.FindLastIndex(p => p.Kind == kind);
            if (at < 0 && _idle.Count + _rented <= MaxProcesses)
                return (null, null);

            // of the other kind all are, when there is none of this
            var taken = _idle.ElementAtOrDefault(Math.Max(0, at));
            if (taken is not null)
                _idle.Remove(taken);
            return at < 0 ? (null, taken) : (taken, null);
        }
    }

    private async Task<RenderProcess> StartAsync(DecoderKind kind, CancellationToken cancellationToken)
    {
        var sandbox = await SurroundingsAsync(cancellationToken);
        try
        {
            var process = await RenderProcess.StartAsync(_starter, RenderLaunch.For(sandbox, options, kind), kind, cancellationToken);
            if (process.Greeting.Problem.Length == 0)
            {
                LogStarted(process.Greeting.Version, process.Greeting.Library);
                if (kind == DecoderKind.Bundled)
                    Volatile.Write(ref _greeting, process.Greeting);
                return process;
            }

            var problem = process.Greeting.Problem;
            await process.DisposeAsync();
            throw kind == DecoderKind.System
                ? new HeicIsOffException(problem)
                : Unavailable(
                    $"The libvips that comes with GoImg could not be loaded ({problem}). Install GoImg again, or build it again for this machine.",
                    null
                );
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException or Win32Exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Unavailable(
                "The render process could not be started. Check that setsid (util-linux) and the program's own files are in place, and Rendering:Isolation.",
                failed
            );
        }
    }

    private async Task<SandboxProfile> ChooseAsync()
    {
        RenderIsolation[] wanted = options switch
        {
            { WorkerCommand.Count: > 0 } or { Isolation: "none" } => [],
            { Isolation: "bwrap" } => [RenderIsolation.Sandbox],
            { Isolation: "unshare" } => [RenderIsolation.Namespaces],
            _ => [RenderIsolation.Sandbox, RenderIsolation.Namespaces],
        };
        foreach (var sandbox in wanted.SelectMany(SandboxProfile.For))
            if (await WorksAsync(sandbox))
                return sandbox;

        return wanted.Length != 1
            ? SandboxProfile.None
            : throw Unavailable(
                $"Rendering:Isolation is {options.Isolation}, which does not work on this machine. Install it (bubblewrap, util-linux), allow user namespaces, or set it to auto.",
                null
            );
    }

    /// <summary>Tried, not concluded: kernels, containers and distributions forbid this or that.</summary>
    private async Task<bool> WorksAsync(SandboxProfile sandbox)
    {
        try
        {
            using var probe = await _starter.StartAsync(RenderLaunch.Probe(sandbox));
            probe.StandardInput.Close();
            await probe.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            return probe.ExitCode == 0;
        }
        catch (Exception failed) when (failed is Win32Exception or TimeoutException)
        {
            return false;
        }
    }

    private RendererUnavailableException Unavailable(string message, Exception? inner)
    {
        LogUnavailable(message, inner);
        return new RendererUnavailableException(message, inner);
    }

    [LoggerMessage(
        LogLevel.Information,
        "Render processes run with isolation {Isolation}, each with at most {MaxProcesses} processes and threads (0 = not limited)."
    )]
    private partial void LogIsolation(RenderIsolation isolation, int maxProcesses);

    [LoggerMessage(
        LogLevel.Warning,
        "Render processes have limits but no sandbox: neither bwrap nor unshare works here. Install bubblewrap and allow user namespaces, or set Rendering:Isolation to none to accept it."
    )]
    private partial void LogNoIsolation();

    [LoggerMessage(LogLevel.Debug, "A render process has started with libvips {Version} from {Library}.")]
    private partial void LogStarted(string version, string library);

    [LoggerMessage(LogLevel.Error, "Nothing can be rendered: {Problem}")]
    private partial void LogUnavailable(string problem, Exception? inner);
}
