using System.Globalization;
using System.Runtime.CompilerServices;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;
using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>Tames libvips so that it can do no more than is needed: the named loaders only, one thread, no cache, no talk. NetVips starts whatever
/// <c>libvips.so.42</c> is loaded when the first of its types is met, so that has to be the right one by then (<see cref="NativeLibraries"/>).</summary>
internal static class VipsLibrary
{
    /// <summary>Loaders of <c>vips -l</c> by format; everything else stays blocked.</summary>
    private static readonly (ImageFormat[] Formats, string Type, string Operation)[] Loaders =
    [
        ([ImageFormat.Jpeg], "VipsForeignLoadJpegSource", "jpegload_source"),
        ([ImageFormat.Png], "VipsForeignLoadPngSource", "pngload_source"),
        ([ImageFormat.Gif], "VipsForeignLoadNsgifSource", "gifload_source"),
        ([ImageFormat.WebP], "VipsForeignLoadWebpSource", "webpload_source"),
        ([ImageFormat.Avif, ImageFormat.Heic], "VipsForeignLoadHeifSource", "heifload_source"),
        ([ImageFormat.Tiff], "VipsForeignLoadTiffSource", "tiffload_source"),
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

    /// <summary>Readies the library that is loaded for this kind of process, and answers what it can do or why it can't be used.</summary>
    // not part of its caller: NetVips has to be met here and not before
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static WorkerHandshake Start(DecoderKind kind, string library)
    {
        if (!ModuleInitializer.VipsInitialized)
            return WorkerHandshake.Unusable(ModuleInitializer.Exception?.Message ?? "libvips did not start");
        if (NativeLibraries.Loaded() is { Count: > 1 } several)
            return WorkerHandshake.Unusable($"more than one libvips is loaded: {string.Join(", ", several)}");

        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in Loaders.Where(l => kind == DecoderKind.Bundled || l.Formats.Contains(ImageFormat.Heic)))
            Operation.Block(loader.Type, false);

        var version = string.Create(
            CultureInfo.InvariantCulture,
            $"{NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}"
        );
        if (Forbidden.FirstOrDefault(f => IsOpen(f.Operation, f.File)) is { Operation: { } open })
            return WorkerHandshake.Unusable($"libvips {version} does not block {open}");

        return kind == DecoderKind.Bundled
                ? new WorkerHandshake("", version, library, [.. Loaders.Where(IsThere).SelectMany(l => l.Formats).Except([ImageFormat.Heic])])
            : HeicSample.Problem() is { } problem ? WorkerHandshake.Unusable($"libvips {version} decodes no HEIC: {problem}")
            : new WorkerHandshake("", version, library, [ImageFormat.Heic]);
    }

    public static string LoaderOf(ImageFormat format) => Loaders.First(l => l.Formats.Contains(format)).Operation;

    private static bool IsThere((ImageFormat[] Formats, string Type, string Operation) loader) =>
        NetVips.NetVips.TypeFind("VipsOperation", loader.Operation) != 0;

    private static bool IsOpen(string operation, byte[] file)
    {
        try
        {
            using var image = VipsCall.ToImage(operation, "", null, file);
            return true;
        }
        catch (VipsException)
        {
            return false;
        }
    }
}
