using GoImg.Core.Rendering;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Rendering;

/// <summary>Whether HEIC can be decoded here, which takes a libvips of the system with a decoder for it. Found out by a render process that decodes a
/// sample, and not by asking for files or loaders: both can be there and nothing decodes. A singleton; thread-safe.</summary>
internal sealed partial class HeicDecoding(RenderProcesses processes, TimeProvider time, ILogger<HeicDecoding> log) : IDisposable
{
    // so that an installation is noticed without a restart, and uploads of HEIC start no process each
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _asking = new(1);
    private HeicState? _state;
    private DateTimeOffset _askedAt;

    /// <summary>Found out once, then known; where it is off, asked again after a minute. Throws <see cref="RendererUnavailableException"/> when no
    /// process could be started at all.</summary>
    public async Task<HeicState> DescribeAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_state is { } known && (known.IsOn || time.GetUtcNow() - _askedAt < AskAgain))
                return known;

            return Remember(await AskAsync(cancellationToken));
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>False also when that can't be found out now: the image waits then, as any image does without a renderer.</summary>
    public async Task<bool> IsOffAsync(CancellationToken cancellationToken)
    {
        try
        {
            return !(await DescribeAsync(cancellationToken)).IsOn;
        }
        catch (RendererUnavailableException)
        {
            return false;
        }
    }

    /// <summary>A process that was to decode one could not.</summary>
    public void TurnOff(string problem) => Remember(HeicState.Off(problem));

    public void Dispose() => _asking.Dispose();

    private async Task<HeicState> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var process = await processes.RentAsync(DecoderKind.System, cancellationToken);
            // not kept: most galleries see no HEIC for hours
            await processes.EndAsync(process);
            return HeicState.On(process.Greeting.Version);
        }
        catch (HeicIsOffException off)
        {
            return HeicState.Off(off.Message);
        }
    }

    private HeicState Remember(HeicState state)
    {
        if (!state.IsOn && _state is not { IsOn: false })
            LogOff(ImageFileErrors.HeicIsOff.HeicIsOffHere, new ImageFileErrors.HeicIsOff().Code, state.Problem);
        else if (state.IsOn && _state is not { IsOn: true })
            LogOn(state.Version);
        _askedAt = time.GetUtcNow();
        return _state = state;
    }

    [LoggerMessage(LogLevel.Warning, "{Words} Until then it is refused as {Code}. ({Problem})")]
    private partial void LogOff(string words, string code, string problem);

    [LoggerMessage(LogLevel.Information, "HEIC is on, decoded by the system's libvips {Version}.")]
    private partial void LogOn(string version);
}

/// <param name="Version">Of the system's libvips; empty when HEIC is off.</param>
/// <param name="Problem">Why it is off; empty when it is on.</param>
internal sealed record HeicState(bool IsOn, string Version, string Problem)
{
    public static HeicState On(string version) => new(true, version, "");

    public static HeicState Off(string problem) => new(false, "", problem);
}
