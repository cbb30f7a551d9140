using System.Globalization;
using System.Runtime.InteropServices;
using GoImg.Infrastructure.Rendering.Protocol;
using GoImg.Infrastructure.Rendering.Vips;

namespace GoImg.Infrastructure.Rendering;

/// <summary>The render process: the same program, started with <see cref="Command"/>. Reads requests from standard input, one after
/// another, and answers on standard output until the input ends. Never started by hand.</summary>
public static class RenderWorker
{
    public const string Command = "render-worker";

    /// <summary>Arguments: the command, the most private memory in bytes, the library. Answers the exit code.</summary>
    public static int Run(string[] args)
    {
        if (args is not [Command, var memory, var library] || !long.TryParse(memory, CultureInfo.InvariantCulture, out var memoryBytes))
            return 64;

        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        ProcessLimits.Apply(memoryBytes);
        ProcessLimits.WidenPipes();
        ProcessLimits.ExitWithParent();
        var greeting = Start(library);
        output.Write(greeting.ToBytes());
        if (greeting.Problem.Length > 0)
            return 69;

        while (RenderRequest.Read(input) is { } request)
            (Answer(request, input) with { Ticket = request.Ticket }).Write(output);

        return 0;
    }

    private static RenderGreeting Start(string library)
    {
        try
        {
            VipsLibrary.Start(library);
            return new RenderGreeting("", VipsLibrary.Version, VipsLibrary.Formats);
        }
        catch (Exception failed) when (failed is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or VipsException)
        {
            return new RenderGreeting(failed.Message[..Math.Min(failed.Message.Length, 1000)], "", []);
        }
    }

    private static unsafe RenderAnswer Answer(RenderRequest request, Stream input)
    {
        ProcessLimits.ApplyToImage(request.MemoryBytes, request.CpuSeconds);
        // nothing of the image before
        VipsException.TakeText();
        void* data = null;
        try
        {
            data = NativeMemory.Alloc((nuint)Math.Max(1, request.InputLength));
            ReadAll(input, (byte*)data, request.InputLength);
            return request.Sizes.Count > 0 ? RenderPipeline.Render(request, (nint)data) : RenderPipeline.Transcode(request, (nint)data);
        }
        catch (VipsException failed)
        {
            return RenderAnswer.Failed(
                failed.Message.Contains("memory", StringComparison.OrdinalIgnoreCase) ? RenderStatus.OutOfMemory : RenderStatus.NotDecodable,
                failed.Message
            );
        }
        catch (OutOfMemoryException failed)
        {
            return RenderAnswer.Failed(RenderStatus.OutOfMemory, failed.Message);
        }
        finally
        {
            NativeMemory.Free(data);
        }
    }

    private static unsafe void ReadAll(Stream input, byte* data, long length)
    {
        for (long done = 0; done < length; )
        {
            var piece = new Span<byte>(data + done, (int)Math.Min(length - done, 1 << 20));
            input.ReadExactly(piece);
            done += piece.Length;
        }
    }
}
