using System.Globalization;
using GoImg.Infrastructure.Rendering.Protocol;
using GoImg.Infrastructure.Rendering.Vips;

namespace GoImg.Infrastructure.Rendering;

/// <summary>The render process: the same program, started with <see cref="Command"/>. Reads requests from standard input, one after
/// another, and answers on standard output until the input ends. Never started by hand.</summary>
public static class RenderWorker
{
    public const string Command = "render-worker";

    /// <summary>Arguments: the command, the most private memory in bytes, the <see cref="DecoderKind"/>, the library. Answers the exit code.</summary>
    public static int Run(string[] args)
    {
        if (
            args is not [Command, var memory, var kind, var library]
            || !long.TryParse(memory, CultureInfo.InvariantCulture, out var memoryBytes)
            || !Enum.TryParse<DecoderKind>(kind, out var decoder)
        )
            return 64;

        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        ProcessLimits.Apply(memoryBytes);
        ProcessLimits.WidenPipes();
        ProcessLimits.ExitWithParent();
        var greeting = Start(decoder, library);
        output.Write(greeting.ToBytes());
        if (greeting.Problem.Length > 0)
            return 69;

        while (RenderRequest.Read(input) is { } request)
            (RequestHandler.Run(request, input) with { Ticket = request.Ticket }).Write(output);

        return 0;
    }

    private static WorkerHandshake Start(DecoderKind kind, string library)
    {
        string file;
        try
        {
            file = NativeLibraries.Load(library);
        }
        catch (Exception failed) when (failed is DllNotFoundException or BadImageFormatException)
        {
            return WorkerHandshake.Unusable(failed.Message);
        }

        return VipsLibrary.Start(kind, file);
    }
}
