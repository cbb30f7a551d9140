using System.ComponentModel;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Rendering;

/// <summary>The render processes that run: starts them as locked in as this machine allows, keeps idle ones warm. Thread-safe.</summary>
internal sealed partial class RenderProcesses(RenderOptions options, ILogger<RenderProcesses> log) : IAsyncDisposable
{
    private readonly ProcessStarter _starter = new();
    private readonly Stack<RenderProcess> _idle = [];
    private readonly SemaphoreSlim _choosing = new(1);
    private RenderSurroundings? _surroundings;
    private RenderGreeting? _greeting;
    private bool _isClosed;

    /// <summary>A warm process, or a new one. Throws <see cref="RendererUnavailableException"/> when none can be had.</summary>
    public async Task<RenderProcess> RentAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            RenderProcess? process;
            lock (_idle)
                _idle.TryPop(out process);

            if (process is null)
                return await StartAsync(cancellationToken);
            if (!process.HasEnded)
                return process;
            await process.DisposeAsync();
        }
    }

    /// <summary>Takes a process back for the next render, or ends it when it has done enough.</summary>
    public async Task ReturnAsync(RenderProcess process)
    {
        var isKept = false;
        if (process.Images < options.ImagesPerWorker)
            lock (_idle)
            {
                isKept = !_isClosed && _idle.Count < options.Places;
                if (isKept)
                    _idle.Push(process);
            }

        if (!isKept)
            await process.DisposeAsync();
    }

    /// <summary>What the last process that started said; null while none has.</summary>
    public RenderGreeting? Greeting => Volatile.Read(ref _greeting);

    /// <summary>The strongest surroundings that work here, found out once.</summary>
    public async Task<RenderSurroundings> SurroundingsAsync(CancellationToken cancellationToken)
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

    private async Task<RenderProcess> StartAsync(CancellationToken cancellationToken)
    {
        var surroundings = await SurroundingsAsync(cancellationToken);
        try
        {
            var process = await RenderProcess.StartAsync(_starter, RenderLaunch.For(surroundings, options), cancellationToken);
            if (process.Greeting.Problem.Length == 0)
            {
                Volatile.Write(ref _greeting, process.Greeting);
                return process;
            }

            var problem = process.Greeting.Problem;
            await process.DisposeAsync();
            throw Unavailable(
                $"libvips could not be loaded from {options.Library} ({problem}). Install it (Debian and Ubuntu: apt-get install libvips42) or set Rendering:Library.",
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

    private async Task<RenderSurroundings> ChooseAsync()
    {
        RenderIsolation[] wanted = options switch
        {
            { WorkerCommand.Count: > 0 } or { Isolation: "none" } => [],
            { Isolation: "bwrap" } => [RenderIsolation.Sandbox],
            { Isolation: "unshare" } => [RenderIsolation.Namespaces],
            _ => [RenderIsolation.Sandbox, RenderIsolation.Namespaces],
        };
        foreach (var surroundings in wanted.SelectMany(RenderSurroundings.For))
            if (await WorksAsync(surroundings))
                return surroundings;

        return wanted.Length != 1
            ? RenderSurroundings.None
            : throw Unavailable(
                $"Rendering:Isolation is {options.Isolation}, which does not work on this machine. Install it (bubblewrap, util-linux), allow user namespaces, or set it to auto.",
                null
            );
    }

    /// <summary>Tried, not concluded: kernels, containers and distributions forbid this or that.</summary>
    private async Task<bool> WorksAsync(RenderSurroundings surroundings)
    {
        try
        {
            using var probe = await _starter.StartAsync(RenderLaunch.Probe(surroundings));
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

    [LoggerMessage(LogLevel.Error, "Nothing can be rendered: {Problem}")]
    private partial void LogUnavailable(string problem, Exception? inner);
}
