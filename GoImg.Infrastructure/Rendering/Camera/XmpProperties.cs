using System.Xml;

namespace GoImg.Infrastructure.Rendering.Camera;

/// <summary>The simple properties of an XMP packet by their usual prefix and name, of a list the first (ISO 16684-1). Empty when it is no XML.</summary>
internal static class XmpProperties
{
    private const int MaxCharacters = 1 << 20;
    private const int MaxProperties = 1000;

    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["http://ns.adobe.com/tiff/1.0/"] = "tiff",
        ["http://ns.adobe.com/exif/1.0/"] = "exif",
        ["http://cipa.jp/exif/1.0/"] = "exifEX",
        ["http://ns.adobe.com/exif/1.0/aux/"] = "aux",
        ["http://ns.adobe.com/photoshop/1.0/"] = "photoshop",
        ["http://ns.adobe.com/xap/1.0/"] = "xmp",
    };

    public static Dictionary<string, string> Read(ReadOnlySpan<byte> packet)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (packet.IsEmpty || packet.Length > MaxCharacters)
            return found;

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
        };
        try
        {
            // the padding behind the packet may hold zeros
            using var reader = XmlReader.Create(new MemoryStream(packet.TrimEnd((byte)0).ToArray()), settings);
            string? property = null;
            while (reader.Read() && found.Count < MaxProperties)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    property = KeyOf(reader) ?? property;
                    for (var isThere = reader.MoveToFirstAttribute(); isThere; isThere = reader.MoveToNextAttribute())
                        if (KeyOf(reader) is { } key)
                            found.TryAdd(key, reader.Value);
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && property is not null)
                {
                    found.TryAdd(property, reader.Value.Trim());
                }
            }
        }
        catch (XmlException)
        {
            // what was read until then is as good as any
        }

        return found;
    }

    private static string? KeyOf(XmlReader reader) =>
        Prefixes.TryGetValue(reader.NamespaceURI, out var prefix) ? $"{prefix}:{reader.LocalName}" : null;
}
