using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Rendering.Protocol;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Rendering;

/// <summary>Renders in child processes, several at once within a budget of cores and memory. Whatever a process does to itself costs
/// that image and that process, nothing else. A singleton: its processes and budget are shared by all; thread-safe.</summary>
internal sealed partial class IsolatedRenderer(
    RenderOptions options,
    RenderProcesses processes,
    HeicDecoding heic,
    RenderOutputReader outputReader,
    ILogger<IsolatedRenderer> log
) : IImageRenderer, IRendererStatus
{
    private const long TranscodeBytes = 160L << 20;
    private const int TranscodeSeconds = 20;
    private readonly TimeSpan _transcodeLimit = TimeSpan.FromSeconds(Math.Min(TranscodeSeconds, options.TimeLimitSeconds));
    private readonly RenderBudget _budget = new(options.Places, (long)options.MemoryMiB << 20);

    public Task<Result<RenderedImage>> RenderAsync(Stream source, ImageHeader header, CancellationToken cancellationToken) =>
        RenderWithinBudgetAsync(RenderPlan.For(header, source.Length, options), source, cancellationToken);

    public Task<Result<RenderedImage>> RenderFullSizeAsync(Stream source, ImageHeader header, CancellationToken cancellationToken) =>
        RenderWithinBudgetAsync(RenderPlan.ForFullSize(header, source.Length, options), source, cancellationToken);

    private async Task<Result<RenderedImage>> RenderWithinBudgetAsync(RenderPlan plan, Stream source, CancellationToken cancellationToken)
    {
        using var share = await _budget.AcquireAsync(plan.MemoryBytes, isUrgent: false, cancellationToken);
        var rendered = await RenderAsync(plan, source, cancellationToken);
        // two strikes: the first crash may have been the machine's fault, not the file's
        return rendered.Error is ImageFileErrors.RendererCrashed ? await RenderAsync(plan, source, cancellationToken) : rendered;
    }

    public async Task<Result<Stream>> TranscodeToJpegAsync(Stream webp, CancellationToken cancellationToken)
    {
        webp.Position = 0;
        var request = new RenderRequest
        {
            Format = ImageFormat.WebP,
            InputLength = webp.Length,
            WidthPx = 0,
            HeightPx = 0,
            Frames = 1,
            Orientation = 1,
            MemoryBytes = TranscodeBytes + (256L << 20),
            CpuSeconds = (int)_transcodeLimit.TotalSeconds,
            IsFast = false,
            Sizes = [],
        };
        // somebody waits for it
        using var share = await _budget.AcquireAsync(TranscodeBytes, isUrgent: true, cancellationToken);
        return await AskAsync(request, webp, _transcodeLimit, RenderOutputReader.ReceiveJpegAsync, cancellationToken);
    }

    public async Task<RendererStatus> DescribeAsync(CancellationToken cancellationToken)
    {
        var (running, memory) = _budget.InUse;
        // What renders works; to ask for one more process would only start one more than there are places.
        var greeting = running > 0 && processes.Greeting is { } known ? known : await TryAsync(cancellationToken);
        var surroundings = await processes.SurroundingsAsync(cancellationToken);
        return new RendererStatus(surroundings.Isolation, greeting.Version, greeting.Formats)
        {
            MaxProcesses = surroundings.MaxProcesses,
            MaxWorkers = options.Places,
            Running = running,
            MemoryBytes = (long)options.MemoryMiB << 20,
            MemoryInUseBytes = memory,
        };
    }

    private async Task<WorkerHandshake> TryAsync(CancellationToken cancellationToken)
    {
        var process = await processes.RentAsync(DecoderKind.Bundled, cancellationToken);
        await processes.ReturnAsync(process);
        return process.Greeting;
    }

    private Task<Result<RenderedImage>> RenderAsync(RenderPlan plan, Stream source, CancellationToken cancellationToken)
    {
        source.Position = 0;
        var whole = EndMark.Complete(source, plan.Header);
        return AskAsync(
            plan.ToRequest(whole.Length, options),
            whole,
            plan.TimeLimit,
            (process, answer) => outputReader.ReceiveAsync(process, answer, plan),
            cancellationToken
        );
    }

    private async Task<Result<T>> AskAsync<T>(
        RenderRequest request,
        Stream source,
        TimeSpan limit,
        Func<RenderProcess, RenderResponse, Task<T?>> receiveAsync,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            var kind = request.Format == ImageFormat.Heic ? DecoderKind.System : DecoderKind.Bundled;
            return await AskAsync(await processes.RentAsync(kind, cancellationToken), request, source, limit, receiveAsync, cancellationToken);
        }
        catch (HeicIsOffException off)
        {
            // it was there when the file came in
            heic.TurnOff(off.Message);
            return new ImageFileErrors.HeicIsOff();
        }
    }

    /// <summary>One image in one process. The process is used again only after an answer that was whole and checked.</summary>
    private async Task<Result<T>> AskAsync<T>(
        RenderProcess process,
        RenderRequest request,
        Stream source,
        TimeSpan limit,
        Func<RenderProcess, RenderResponse, Task<T?>> receiveAsync,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var isReusable = false;
        using var clock = new CancellationTokenSource(limit);
        try
        {
            await using var late = clock.Token.Register(process.Kill);
            await using var cancelled = cancellationToken.Register(process.Kill);
            var answer = await process.AskAsync(request, source, cancellationToken);
            if (answer.Status != RenderStatus.Done)
            {
                LogFailed(answer.Status, answer.Message);
                isReusable = answer.Status == RenderStatus.NotDecodable;
                return answer.Status == RenderStatus.OutOfMemory
                    ? new ImageFileErrors.TookTooMuch(RenderResource.Memory)
                    : new ImageFileErrors.NotDecodable();
            }

            var received = await receiveAsync(process, answer);
            isReusable = received is not null;
            if (received is not null)
                return received;

            LogFailed(answer.Status, "It is not what was asked for.");
            return new ImageFileErrors.NotDecodable();
        }
        catch (Exception broken) when (broken is RenderProcessEndedException or InvalidDataException)
        {
            isReusable = false;
            cancellationToken.ThrowIfCancellationRequested();
            return await DiagnoseAsync(process, broken, clock.IsCancellationRequested);
        }
        finally
        {
            if (isReusable && !clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                await processes.ReturnAsync(process);
            else
                await processes.EndAsync(process);
        }
    }

    private async Task<Error> DiagnoseAsync(RenderProcess process, Exception broken, bool isLate)
    {
        if (isLate)
        {
            LogFailed(RenderStatus.NotDecodable, "It took too long and was killed.");
            return new ImageFileErrors.TookTooMuch(RenderResource.Time);
        }

        if (broken is InvalidDataException)
        {
            LogFailed(RenderStatus.NotDecodable, broken.Message);
            return new ImageFileErrors.NotDecodable();
        }

        var code = await process.EndCodeAsync();
        LogDied(code);
        // 128 + SIGXCPU
        return code == 152 ? new ImageFileErrors.TookTooMuch(RenderResource.ProcessorTime) : new ImageFileErrors.RendererCrashed();
    }

    [LoggerMessage(LogLevel.Information, "An image was not rendered: {Status}. {Detail}")]
    private partial void LogFailed(RenderStatus status, string detail);

    [LoggerMessage(LogLevel.Warning, "A render process ended with code {Code} while it rendered an image.")]
    private partial void LogDied(int code);
}
