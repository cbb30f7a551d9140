using System.Runtime.InteropServices;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>Which libvips this process has. Names nothing of NetVips.</summary>
internal static class NativeLibraries
{
    private const string Name = "libvips";

    /// <summary>Loads it and keeps it loaded: NetVips will ask for <c>libvips.so.42</c>, and the loader answers with what bears that name already
    /// (ld.so's DT_SONAME). Answers the file it came from. Throws <see cref="DllNotFoundException"/> or <see cref="BadImageFormatException"/>.</summary>
    public static string Load(string library)
    {
        NativeLibrary.Load(library);
        return Loaded().FirstOrDefault(library);
    }

    /// <summary>The files of libvips in this process; empty where there is no /proc.</summary>
    public static IReadOnlyList<string> Loaded() =>
        File.Exists("/proc/self/maps")
            ?
            [
                .. File.ReadLines("/proc/self/maps")
                    .Select(PathOf)
                    .Where(path => Path.GetFileName(path).StartsWith(Name + ".", StringComparison.Ordinal))
                    .Distinct(),
            ]
            : [];

    // proc(5): address, permissions, offset, device, inode, path
    private static string PathOf(string line) => line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? line[at..] : "";
}
