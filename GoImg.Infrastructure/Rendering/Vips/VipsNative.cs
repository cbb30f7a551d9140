using System.Reflection;
using System.Runtime.InteropServices;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>The C functions used, as libvips 8.13 and later have them. Only for the render process: nothing else may load them.</summary>
internal static unsafe partial class VipsNative
{
    private const string Vips = "vips";
    private const string GObject = "gobject";
    private const string GLib = "glib";

    // fundamental types of gobject/gtype.h: G_TYPE_MAKE_FUNDAMENTAL (n) is n << 2
    public const nuint IntType = 6 << 2;

    /// <summary>Tells where the libraries are, once, before any other call. A <paramref name="vipsLibrary"/> with GLib built in serves all three names.</summary>
    public static void Load(string vipsLibrary)
    {
        var vips = NativeLibrary.Load(vipsLibrary);
        var isWhole = NativeLibrary.TryGetExport(vips, "g_object_unref", out _);
        var gobject = isWhole ? vips : NativeLibrary.Load("libgobject-2.0.so.0");
        var glib = isWhole ? vips : NativeLibrary.Load("libglib-2.0.so.0");
        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(),
            (name, _, _) =>
                name switch
                {
                    Vips => vips,
                    GObject => gobject,
                    GLib => glib,
                    _ => 0,
                }
        );
    }

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_init(string name);

    [LibraryImport(Vips)]
    public static partial int vips_version(int part);

    [LibraryImport(Vips)]
    public static partial void vips_concurrency_set(int threads);

    [LibraryImport(Vips)]
    public static partial void vips_cache_set_max(int operations);

    [LibraryImport(Vips)]
    public static partial void vips_block_untrusted_set(int isBlocked);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void vips_operation_block_set(string type, int isBlocked);

    [LibraryImport(Vips)]
    public static partial nint vips_error_buffer_copy();

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint vips_operation_new(string nickname);

    [LibraryImport(Vips)]
    public static partial nint vips_cache_operation_build(nint operation);

    [LibraryImport(Vips)]
    public static partial void vips_object_unref_outputs(nint operation);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_object_set_from_string(nint operation, string options);

    [LibraryImport(Vips)]
    public static partial nuint vips_blob_get_type();

    [LibraryImport(Vips)]
    public static partial nuint vips_image_get_type();

    [LibraryImport(Vips)]
    public static partial void vips_value_set_blob(GValue* value, nint free, void* data, nuint length);

    [LibraryImport(Vips)]
    public static partial byte* vips_blob_get(nint blob, out nuint length);

    [LibraryImport(Vips)]
    public static partial void vips_area_unref(nint area);

    [LibraryImport(Vips)]
    public static partial nint vips_image_copy_memory(nint image);

    [LibraryImport(Vips)]
    public static partial byte* vips_image_write_to_memory(nint image, out nuint length);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_width(nint image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_height(nint image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_bands(nint image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_format(nint image);

    [LibraryImport(Vips)]
    public static partial byte** vips_image_get_fields(nint image);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_image_remove(nint image, string name);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint vips_image_get_typeof(nint image, string name);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_image_get_blob(nint image, string name, out byte* data, out nuint length);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_image_get_int(nint image, string name, out int value);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void vips_image_set_int(nint image, string name, int value);

    [LibraryImport(GObject, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_set_property(nint target, string name, GValue* value);

    [LibraryImport(GObject, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_get_property(nint target, string name, GValue* value);

    [LibraryImport(GObject)]
    public static partial void g_object_unref(nint target);

    [LibraryImport(GObject)]
    public static partial GValue* g_value_init(GValue* value, nuint type);

    [LibraryImport(GObject)]
    public static partial void g_value_unset(GValue* value);

    [LibraryImport(GObject)]
    public static partial void g_value_set_int(GValue* value, int number);

    [LibraryImport(GObject)]
    public static partial void g_value_set_object(GValue* value, nint target);

    [LibraryImport(GObject)]
    public static partial nint g_value_dup_object(GValue* value);

    [LibraryImport(GObject)]
    public static partial nint g_value_dup_boxed(GValue* value);

    [LibraryImport(GLib)]
    public static partial void g_free(void* memory);

    [LibraryImport(GLib)]
    public static partial void g_strfreev(byte** strings);

    [LibraryImport(GLib)]
    public static partial nint g_log_set_default_handler(delegate* unmanaged[Cdecl]<byte*, int, byte*, nint, void> handler, nint data);

    /// <summary>24 bytes on every platform with 64 bits (gobject/gvalue.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct GValue
    {
        public nuint Type;
        public ulong First;
        public ulong Second;
    }
}
