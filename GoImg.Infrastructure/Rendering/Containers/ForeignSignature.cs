using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Tells kinds that GoImg does not take from a file's first bytes, so that they are refused by name.</summary>
internal static class ForeignSignature
{
    // ISO base media files without a brand of pictures, by the brand's first letters
    private static readonly (string Brand, string Name)[] Brands =
    [
        ("qt  ", "MOV"),
        ("M4V", "M4V"),
        ("M4A", "M4A"),
        ("3g", "3GP"),
        ("isom", "MP4"),
        ("iso", "MP4"),
        ("mp4", "MP4"),
        ("avc1", "MP4"),
        ("dash", "MP4"),
        ("MSNV", "MP4"),
    ];

    /// <summary>Null for what is none of them, a picture that GoImg takes among it.</summary>
    public static ImageFileErrors.Foreign? Find(ReadOnlySpan<byte> start) =>
        start switch
        {
            [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] => new(ForeignKind.Picture, "JPEG XL"),
            [0xFF, 0x4F, 0xFF, 0x51, ..] or [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] => new(ForeignKind.Picture, "JPEG 2000"),
            [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => new(ForeignKind.Picture, "BMP"),
            [0x1A, 0x45, 0xDF, 0xA3, ..] => new(ForeignKind.Video, start.IndexOf("webm"u8) >= 0 ? "WebM" : "MKV"),
            [0, 0, 1, 0xBA or 0xB3, ..] => new(ForeignKind.Video, "MPEG"),
            [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => new(ForeignKind.Video, "WMV"),
            _ when start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("AVI "u8) => new(ForeignKind.Video, "AVI"),
            _ when start.StartsWith("FLV"u8) => new(ForeignKind.Video, "FLV"),
            _ when start.Length >= 12 && start[4..].StartsWith("ftyp"u8) => OfBrand(start[8..12]),
            // QuickTime before it had brands
            _ when start.Length >= 8 && IsAtomOfFilm(start[4..8]) => new(ForeignKind.Video, "MOV"),
            _ when start.StartsWith("FUJIFILMCCD-RAW"u8) => Raw("RAF"),
            _ when start.StartsWith("IIRO"u8) || start.StartsWith("IIRS"u8) || start.StartsWith("MMOR"u8) => Raw("ORF"),
            _ when start.StartsWith("IIU\0"u8) => Raw("RW2"),
            _ when start.StartsWith("II*\0"u8) && start.Length >= 10 && start[8..].StartsWith("CR"u8) => Raw("CR2"),
            _ when start.StartsWith("%PDF"u8) => new(ForeignKind.Pdf, "PDF"),
            _ when start.StartsWith("8BPS"u8) => new(ForeignKind.Project, "Photoshop"),
            _ when start.StartsWith("gimp xcf"u8) => new(ForeignKind.Project, "GIMP"),
            _ when start.IndexOf("<svg"u8) >= 0 => new(ForeignKind.Drawing, "SVG"),
            _ => null,
        };

    /// <summary>A raw file that begins as a TIFF, by the camera's maker.</summary>
    public static ImageFileErrors.Foreign OfMaker(ReadOnlySpan<byte> make) =>
        Raw(
            make.StartsWith("NIKON"u8) ? "NEF"
            : make.StartsWith("SONY"u8) ? "ARW"
            : make.StartsWith("PENTAX"u8) || make.StartsWith("RICOH"u8) ? "PEF"
            : make.StartsWith("Canon"u8) ? "CR2"
            : "RAW"
        );

    public static ImageFileErrors.Foreign Raw(string name) => new(ForeignKind.Raw, name);

    private static ImageFileErrors.Foreign? OfBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("crx "u8))
            return Raw("CR3");
        foreach (var (name, shown) in Brands)
            if (brand.StartsWith(System.Text.Encoding.Latin1.GetBytes(name)))
                return new(ForeignKind.Video, shown);
        return null;
    }

    private static bool IsAtomOfFilm(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("moov"u8) || name.SequenceEqual("mdat"u8) || name.SequenceEqual("wide"u8) || name.SequenceEqual("pnot"u8);
}
