using System.Runtime.InteropServices;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>An operation failed. The text comes from a buffer all threads share; the render process has one thread that decodes.</summary>
internal sealed class VipsException(string message) : Exception(message)
{
    public static VipsException FromBuffer() => new(TakeText());

    /// <summary>What libvips has to say since the last time.</summary>
    public static unsafe string TakeText()
    {
        var text = VipsNative.vips_error_buffer_copy();
        var message = Marshal.PtrToStringUTF8(text) ?? "";
        VipsNative.g_free((void*)text);
        return message.TrimEnd();
    }
}
