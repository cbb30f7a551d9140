namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>An operation failed. The text comes from a buffer all threads share: good for a log, never for a decision.</summary>
internal sealed class VipsException(string message) : Exception(message)
{
    public static unsafe VipsException FromBuffer()
    {
        var text = VipsNative.vips_error_buffer_copy();
        var message = System.Runtime.InteropServices.Marshal.PtrToStringUTF8(text) ?? "";
        VipsNative.g_free((void*)text);
        return new VipsException(message.TrimEnd());
    }
}
