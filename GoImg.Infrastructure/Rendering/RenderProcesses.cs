using System.ComponentModel;
using GoImg.Core.Rendering;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Rendering;

/// <summary>The render processes that run: starts them as locked in as this machine allows, keeps idle ones warm. Thread-safe.</summary>
internal sealed partial class RenderProcesses(RenderOptions options, ILogger<RenderProcesses> log) : IAsyncDisposable
{
    private readonly ProcessStarter _starter = new();
    private readonly Stack<RenderProcess> _idle = [];
    private readonly SemaphoreSlim _choosing = new(1);
    private RenderIsolation? _isolation;
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

    /// <summary>The strongest isolation that works here, found out once.</summary>
    public async Task<RenderIsolation> IsolationAsync(CancellationToken cancellationToken)
    {
        if (_isolation is { } known)
            return known;

        await _choosing.WaitAsync(cancellationToken);
        try
        {
            if (_isolation is null)
            {
                _isolation = await ChooseAsync();
                if (_isolation == RenderIsolation.None && options is { Isolation: "auto", WorkerCommand.Count: 0 })
                    LogNoIsolation();
                else
                    LogIsolation(_isolation.Value);
            }

            return _isolation.Value;
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
        var isolation = await IsolationAsync(cancellationToken);
        try
        {
            var process = await RenderProcess.StartAsync(_starter, RenderLaunch.For(isolation, options), cancellationToken);
            if (process.Greeting.Problem.Length == 0)
                return process;

            var problem = process.Greeting.Problem;
            await process.DisposeAsync();
            throw Unavailable($"libvips could not be loaded from {options.Library} ({problem}). Install it (Debian and Ubuntu: apt-get install libvips42) or set Rendering:Library.", null);
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException or Win32Exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Unavailable("The render process could not be started. Check that setsid (util-linux) and the program's own files are in place, and Rendering:Isolation.", failed);
        }
    }

    private async Task<RenderIsolation> ChooseAsync()
    {
        RenderIsolation[] wanted = options switch
        {
            { WorkerCommand.Count: > 0 } or { Isolation: "none" } => [],
            { Isolation: "bwrap" } => [RenderIsolation.Sandbox],
            { Isolation: "unshare" } => [RenderIsolation.Namespaces],
            _ => [RenderIsolation.Sandbox, RenderIsolation.Namespaces],
        };
        foreach (var isolation in wanted)
            if (await WorksAsync(isolation))
                return isolation;

        return wanted.Length != 1
            ? RenderIsolation.None
            : throw Unavailable($"Rendering:Isolation is {options.Isolation}, which does not work on this machine. Install it (bubblewrap, util-linux), allow user namespaces, or set it to auto.", null);
    }

    private async Task<bool> WorksAsync(RenderIsolation isolation)
    {
        try
        {
            using var probe = await _starter.StartAsync(RenderLaunch.Within(isolation, "/bin/true"));
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

    [LoggerMessage(LogLevel.Information, "Render processes run with isolation {Isolation}.")]
    private partial void LogIsolation(RenderIsolation isolation);

    [LoggerMessage(LogLevel.Warning, "Render processes have limits but no sandbox: neither bwrap nor unshare works here. Install bubblewrap and allow user namespaces, or set Rendering:Isolation to none to accept it.")]
    private partial void LogNoIsolation();

    [LoggerMessage(LogLevel.Error, "Nothing can be rendered: {Problem}")]
    private partial void LogUnavailable(string problem, Exception? inner);
}
