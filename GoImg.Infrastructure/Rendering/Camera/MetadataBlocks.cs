using System.Buffers.Binary;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Containers;

namespace GoImg.Infrastructure.Rendering.Camera;

/// <summary>Where a file keeps its EXIF and its XMP; empty where it has none, or where it can't be found.</summary>
internal readonly ref struct MetadataBlocks(ReadOnlySpan<byte> exif, ReadOnlySpan<byte> xmp)
{
    private const int XmpTag = 700;

    public ReadOnlySpan<byte> Exif { get; } = exif;

    public ReadOnlySpan<byte> Xmp { get; } = xmp;

    /// <summary>Throws <see cref="ArgumentException"/> or <see cref="FileRefusedException"/> for a file that is not as its format asks.</summary>
    public static MetadataBlocks Find(ReadOnlySpan<byte> file, ImageFormat format, Stream content) =>
        format switch
        {
            ImageFormat.Jpeg => OfJpeg(file),
            ImageFormat.Png => OfPng(file),
            ImageFormat.WebP => OfWebP(file),
            ImageFormat.Tiff => new MetadataBlocks(file, ExifDirectory.TryOpen(file, out var first) ? first.Bytes(XmpTag) : default),
            ImageFormat.Avif or ImageFormat.Heic => OfHeif(file, content),
            _ => default,
        };

    private static MetadataBlocks OfJpeg(ReadOnlySpan<byte> file)
    {
        var exif = ReadOnlySpan<byte>.Empty;
        var xmp = exif;
        var name = "http://ns.adobe.com/xap/1.0/\0"u8;
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xFF && file[at + 1] != 0xDA; )
        {
            if (file[at + 1] == 0xFF)
            {
                // fill bytes may stand before a marker
                at++;
                continue;
            }

            var segment = file.Slice(at + 4, (file[at + 2] << 8 | file[at + 3]) - 2);
            if (file[at + 1] == 0xE1 && exif.IsEmpty && segment.StartsWith("Exif\0\0"u8))
                exif = segment;
            if (file[at + 1] == 0xE1 && xmp.IsEmpty && segment.StartsWith(name))
                xmp = segment[name.Length..];
            at += 4 + segment.Length;
        }

        return new MetadataBlocks(exif, xmp);
    }

    private static MetadataBlocks OfPng(ReadOnlySpan<byte> file)
    {
        var exif = ReadOnlySpan<byte>.Empty;
        var xmp = exif;
        // name, not compressed, no language, no translation
        var name = "XML:com.adobe.xmp\0\0\0\0\0"u8;
        for (var at = PngReader.Signature.Length; at + 12 <= file.Length; )
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(file[at..]));
            FourCC type = file.Slice(at + 4, 4);
            var data = file.Slice(at + 8, length);
            if (type == "eXIf"u8)
                exif = data;
            if (type == "iTXt"u8 && data.StartsWith(name))
                xmp = data[name.Length..];
            at += length + 12;
        }

        return new MetadataBlocks(exif, xmp);
    }

    private static MetadataBlocks OfWebP(ReadOnlySpan<byte> file)
    {
        var exif = ReadOnlySpan<byte>.Empty;
        var xmp = exif;
        for (var at = 12; at + 8 <= file.Length; )
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]));
            FourCC type = file.Slice(at, 4);
            if (type == "EXIF"u8)
                exif = file.Slice(at + 8, length);
            if (type == "XMP "u8)
                xmp = file.Slice(at + 8, length);
            at += 8 + length + (length & 1);
        }

        return new MetadataBlocks(exif, xmp);
    }

    private static MetadataBlocks OfHeif(ReadOnlySpan<byte> file, Stream content)
    {
        content.Position = 0;
        var reader = new ContainerReader(content, CancellationToken.None);
        while (reader.Remaining >= 8)
        {
            var box = IsoBox.Read(reader, reader.Length);
            if (box.Name == "meta"u8)
            {
                var meta = HeifMeta.Read(reader, box);
                if (
                    meta.FirstOfType(reader, "Exif"u8) is not { } item
                    || HeifLocations.Find(reader, meta.Find("iloc"u8), item) is not var (start, length)
                )
                    return default;
                // four bytes tell how far behind them the TIFF header is
                var block = file.Slice((int)start, (int)length);
                return new MetadataBlocks(block[(4 + (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(block), int.MaxValue - 4))..], default);
            }

            reader.SeekTo(box.End);
        }

        return default;
    }
}
