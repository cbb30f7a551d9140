using System.Security.Cryptography;
using System.Text;

namespace GoImg.Core.Rendering;

/// <summary>Names how renditions are made: another value means that the same original would give other bytes. Images keep the one
/// they were rendered by; those that differ from today's are rendered again in the background.</summary>
/// <param name="Value">16 hexadecimal digits.</param>
public sealed record RenditionFingerprint(string Value)
{
    /// <summary>To be counted up when the code or the library, and no setting, changes what people see. Another version of libvips alone does not:
    /// each stored rendition names it, and an upgrade renders no gallery again (docs/adr/0026-netvips-and-two-kinds-of-render-processes.md).</summary>
    private const int Edition = 2;

    /// <param name="settings">All settings that change a rendition's bytes, and no others, as <c>name=value</c>; order does not matter.</param>
    public static RenditionFingerprint Of(IEnumerable<Rendition> renditions, IEnumerable<string> settings)
    {
        var ingredients = renditions.Select(r => $"{r.Name}={r.MaxSidePx}").Concat(settings).Order(StringComparer.Ordinal);
        var text = $"edition={Edition};{string.Join(';', ingredients)}";
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8)));
    }
}
