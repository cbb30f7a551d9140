using static GoImg.Infrastructure.Rendering.Vips.VipsNative;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>One call of a libvips operation by its nickname, with arguments as GObject properties: the C functions are variadic,
/// which cannot be called portably. Build it exactly once.</summary>
internal sealed unsafe class VipsOperation
{
    private readonly nint _operation;

    public VipsOperation(string nickname)
    {
        _operation = vips_operation_new(nickname);
        if (_operation == 0)
            throw VipsException.FromBuffer();
    }

    public VipsOperation Set(string name, int number)
    {
        GValue value = default;
        g_value_init(&value, IntType);
        g_value_set_int(&value, number);
        return Set(name, &value);
    }

    public VipsOperation Set(string name, VipsImage image)
    {
        GValue value = default;
        g_value_init(&value, vips_image_get_type());
        g_value_set_object(&value, image.Handle);
        return Set(name, &value);
    }

    /// <summary>Not copied: the memory has to live until the pixels were read.</summary>
    public VipsOperation Set(string name, void* data, nuint length)
    {
        GValue value = default;
        g_value_init(&value, vips_blob_get_type());
        vips_value_set_blob(&value, 0, data, length);
        return Set(name, &value);
    }

    /// <summary>Choices, switches and lists, as in <c>size=force,no-rotate</c>.</summary>
    public VipsOperation Options(string options)
    {
        if (vips_object_set_from_string(_operation, options) == 0)
            return this;

        g_object_unref(_operation);
        throw VipsException.FromBuffer();
    }

    /// <summary>Runs it for its image; pixels may still be computed later, when they are asked for.</summary>
    public VipsImage BuildImage()
    {
        var built = Build();
        GValue value = default;
        g_value_init(&value, vips_image_get_type());
        g_object_get_property(built, "out", &value);
        var image = g_value_dup_object(&value);
        g_value_unset(&value);
        Release(built);
        return new VipsImage(image);
    }

    /// <summary>Runs it for its bytes.</summary>
    public byte[] BuildBytes()
    {
        var built = Build();
        GValue value = default;
        g_value_init(&value, vips_blob_get_type());
        g_object_get_property(built, "buffer", &value);
        var blob = g_value_dup_boxed(&value);
        g_value_unset(&value);
        Release(built);
        var data = vips_blob_get(blob, out var length);
        var bytes = new ReadOnlySpan<byte>(data, checked((int)length)).ToArray();
        vips_area_unref(blob);
        return bytes;
    }

    private VipsOperation Set(string name, GValue* value)
    {
        g_object_set_property(_operation, name, value);
        g_value_unset(value);
        return this;
    }

    private nint Build()
    {
        var built = vips_cache_operation_build(_operation);
        if (built == 0)
        {
            Release(_operation);
            throw VipsException.FromBuffer();
        }

        g_object_unref(_operation);
        return built;
    }

    private static void Release(nint operation)
    {
        vips_object_unref_outputs(operation);
        g_object_unref(operation);
    }
}
