using System.Runtime.InteropServices;
using GoImg.Infrastructure.Rendering.Protocol;
using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>One request of the parent: takes the file in, has it rendered, and tells failures apart.</summary>
internal static unsafe class RequestHandler
{
    // In the words of libvips, libheif and libjpeg. "Memory" alone would not do: NetVips says "unable to copy to memory" of files that break off.
    private static readonly string[] OutOfMemory = ["out of memory", "memory allocation error", "insufficient memory"];

    public static RenderResponse Run(RenderRequest request, Stream input)
    {
        ProcessLimits.ApplyToImage(request.MemoryBytes, request.CpuSeconds);
        void* data = null;
        try
        {
            data = NativeMemory.Alloc((nuint)Math.Max(1, request.InputLength));
            var file = new Span<byte>(data, checked((int)request.InputLength));
            input.ReadExactly(file);
            return request.Sizes.Count > 0 ? RenderPipeline.Render(request, file) : RenderPipeline.Transcode(file);
        }
        catch (Exception failed) when (failed is VipsException or UnreadablePictureException)
        {
            return RenderResponse.Failed(StatusOf(failed.Message), failed.Message);
        }
        catch (OutOfMemoryException failed)
        {
            return RenderResponse.Failed(RenderStatus.OutOfMemory, failed.Message);
        }
        finally
        {
            NativeMemory.Free(data);
        }
    }

    private static RenderStatus StatusOf(string message) =>
        Array.Exists(OutOfMemory, words => message.Contains(words, StringComparison.OrdinalIgnoreCase))
            ? RenderStatus.OutOfMemory
            : RenderStatus.NotDecodable;
}
