using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>Starts libvips so that it can do no more than is needed: the named loaders only, one thread, no cache, no talk.</summary>
internal static class VipsLibrary
{
    /// <summary>Loaders of <c>vips -l</c> by format; everything else stays blocked.</summary>
    private static readonly (ImageFormat[] Formats, string Type, string Operation)[] Loaders =
    [
        ([ImageFormat.Jpeg], "VipsForeignLoadJpegBuffer", "jpegload_buffer"),
        ([ImageFormat.Png], "VipsForeignLoadPngBuffer", "pngload_buffer"),
        ([ImageFormat.Gif], "VipsForeignLoadNsgifBuffer", "gifload_buffer"),
        ([ImageFormat.WebP], "VipsForeignLoadWebpBuffer", "webpload_buffer"),
        ([ImageFormat.Avif, ImageFormat.Heic], "VipsForeignLoadHeifBuffer", "heifload_buffer"),
        ([ImageFormat.Tiff], "VipsForeignLoadTiffBuffer", "tiffload_buffer"),
    ];

    // Whole little pictures for loaders that Debian's build has and strangers' bytes must never reach.
    private static readonly (string Operation, byte[] File)[] Forbidden =
    [
        ("svgload_buffer", [.. "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"u8]),
        ("magickload_buffer", [.. "BM:\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0"u8, .. new byte[28]]),
        ("radload_buffer", [.. "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\nabcd"u8]),
        (
            "pdfload_buffer",
            [
                .. "%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj trailer<</Root 1 0 R>>"u8,
            ]
        ),
    ];

    public static string Version { get; private set; } = "";

    /// <summary>Formats this libvips has a loader for.</summary>
    public static IReadOnlyList<ImageFormat> Formats { get; private set; } = [];

    /// <summary>Throws <see cref="DllNotFoundException"/> where libvips is missing, <see cref="VipsException"/> where it can't be tamed.</summary>
    public static unsafe void Start(string library)
    {
        VipsNative.Load(library);
        if (VipsNative.vips_init("goimg") != 0)
            throw VipsException.FromBuffer();

        VipsNative.g_log_set_default_handler(&Ignore, 0);
        VipsNative.vips_concurrency_set(1);
        VipsNative.vips_cache_set_max(0);
        VipsNative.vips_block_untrusted_set(1);
        VipsNative.vips_operation_block_set("VipsForeignLoad", 1);
        foreach (var loader in Loaders)
            VipsNative.vips_operation_block_set(loader.Type, 0);

        Version = string.Create(
            CultureInfo.InvariantCulture,
            $"{VipsNative.vips_version(0)}.{VipsNative.vips_version(1)}.{VipsNative.vips_version(2)}"
        );
        Formats = [.. Loaders.Where(l => !IsMissing(l.Operation)).SelectMany(l => l.Formats)];
        foreach (var (operation, file) in Forbidden)
            if (!IsMissing(operation) && IsOpen(operation, file))
                throw new VipsException($"libvips {Version} does not block {operation}");
    }

    public static string LoaderOf(ImageFormat format) => Loaders.First(l => l.Formats.Contains(format)).Operation;

    private static bool IsMissing(string operation)
    {
        var made = VipsNative.vips_operation_new(operation);
        if (made == 0)
        {
            VipsException.FromBuffer();
            return true;
        }

        VipsNative.g_object_unref(made);
        return false;
    }

    private static unsafe bool IsOpen(string operation, byte[] file)
    {
        fixed (byte* data = file)
        {
            try
            {
                using var image = new VipsOperation(operation).Set("buffer", data, (nuint)file.Length).BuildImage();
                return true;
            }
            catch (VipsException)
            {
                return false;
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void Ignore(byte* domain, int level, byte* message, nint data) { }
}
