using System.Runtime.InteropServices;
using static GoImg.Infrastructure.Rendering.Vips.VipsNative;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>One image of libvips, owned until disposed. An animation is all its frames one below the other.</summary>
internal sealed unsafe class VipsImage(nint handle) : IDisposable
{
    // enum VipsBandFormat, vips/image.h
    private const int UCharFormat = 0;

    // what saving an animation needs
    private static readonly string[] AnimationFields = ["n-pages", "page-height", "delay", "loop", "gif-loop"];

    public nint Handle { get; private set; } = handle;

    public int Width => vips_image_get_width(Handle);

    public int Height => vips_image_get_height(Handle);

    public int Bands => vips_image_get_bands(Handle);

    public bool HasBytes => vips_image_get_format(Handle) == UCharFormat;

    public int? GetInt(string field) =>
        vips_image_get_typeof(Handle, field) != 0 && vips_image_get_int(Handle, field, out var value) == 0 ? value : null;

    public void SetInt(string field, int value) => vips_image_set_int(Handle, field, value);

    /// <summary>Bytes that live as long as the image; empty when it has no such field.</summary>
    public ReadOnlySpan<byte> GetBlob(string field) =>
        vips_image_get_typeof(Handle, field) != 0 && vips_image_get_blob(Handle, field, out var data, out var length) == 0
            ? new ReadOnlySpan<byte>(data, checked((int)length))
            : default;

    public void Remove(string field) => vips_image_remove(Handle, field);

    /// <summary>Everything beside the pixels goes, known or not; what an animation is timed by stays if asked for.</summary>
    public void RemoveMetadata(bool keepAnimation)
    {
        var fields = vips_image_get_fields(Handle);
        for (var field = fields; *field != null; field++)
            if (Marshal.PtrToStringUTF8((nint)(*field)) is { } name && !(keepAnimation && AnimationFields.Contains(name)))
                vips_image_remove(Handle, name);
        g_strfreev(fields);
    }

    /// <summary>Decodes for good; faults in the pixels show here.</summary>
    public VipsImage ToMemory() => vips_image_copy_memory(Handle) is var copy and not 0 ? new VipsImage(copy) : throw VipsException.FromBuffer();

    /// <summary>All pixels, band by band.</summary>
    public byte[] ToPixels()
    {
        var data = vips_image_write_to_memory(Handle, out var length);
        if (data == null)
            throw VipsException.FromBuffer();
        var pixels = new ReadOnlySpan<byte>(data, checked((int)length)).ToArray();
        g_free(data);
        return pixels;
    }

    public void Dispose()
    {
        if (Handle != 0)
            g_object_unref(Handle);
        Handle = 0;
    }
}
