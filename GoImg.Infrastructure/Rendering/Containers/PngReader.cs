using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Walks a PNG's chunks (PNG specification, third edition). An animated PNG counts as its still picture.</summary>
internal static class PngReader
{
    public static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // Encoders write IDAT in pieces of 8 KiB and more; this bounds the walk over empty ones.
    private const int MaxPictureChunks = 1 << 17;

    public static ImageHeader Read(ContainerReader reader)
    {
        var budget = new AncillaryBudget();
        var inflation = new InflationBudget();
        reader.Skip(Signature.Length);
        var header = ReadHeader(reader, out var isPaletted);
        var (hasPalette, pictureChunks) = (false, 0);

        while (true)
        {
            // browsers show it; whether the rows are all there the decoder tells
            if (reader.Remaining == 0 && pictureChunks > 0)
                return header with { EndsAt = reader.Position };
            var length = reader.ReadUInt32();
            var name = reader.ReadFourCC();
            if (length > reader.Remaining - 4)
                throw FileRefusedException.Damaged(FileFaultTexts.EndsWithinAPngChunk);

            var end = reader.Position + length;
            if (name == "IEND"u8)
                return pictureChunks > 0 ? header : throw FileRefusedException.Damaged(FileFaultTexts.NoPictureData);

            if (name == "IDAT"u8 || name == "fdAT"u8 || name == "fcTL"u8)
            {
                if (isPaletted && !hasPalette)
                    throw FileRefusedException.Damaged(FileFaultTexts.PaletteIsMissing);
                if (++pictureChunks > MaxPictureChunks)
                    throw FileRefusedException.Damaged(FileFaultTexts.PictureIsInTooManyPieces);
            }
            else if (name == "PLTE"u8)
            {
                if (length is 0 or > 768 || length % 3 != 0)
                    throw FileRefusedException.Damaged(FileFaultTexts.PaletteIsWrong);
                hasPalette = true;
            }
            else if ((name.Value & 0x2000_0000) == 0)
            {
                throw FileRefusedException.Damaged(FileFaultTexts.NecessaryPngChunkOfAnUnknownKind);
            }
            else
            {
                budget.Spend(length);
                header = ReadAncillary(reader, header, name, length, inflation);
            }

            reader.SeekTo(end + 4);
        }
    }

    private static ImageHeader ReadHeader(ContainerReader reader, out bool isPaletted)
    {
        var (length, name) = (reader.ReadUInt32(), reader.ReadFourCC());
        if (name == "CgBI"u8)
            throw FileRefusedException.Unsupported(FileFaultTexts.IosPng);
        if (name != "IHDR"u8 || length != 13)
            throw FileRefusedException.Damaged(FileFaultTexts.PngHeaderIsMissing);

        var (width, height) = (reader.ReadUInt32(), reader.ReadUInt32());
        var (depth, colour, compression, filter, interlace) = (
            reader.ReadByte(),
            reader.ReadByte(),
            reader.ReadByte(),
            reader.ReadByte(),
            reader.ReadByte()
        );
        reader.Skip(4);
        isPaletted = colour == 3;
        var isDepthRight = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || !isDepthRight || compression != 0 || filter != 0 || interlace > 1)
            throw FileRefusedException.Damaged(FileFaultTexts.PngHeaderIsWrong);

        return new ImageHeader(ImageFormat.Png, (int)width, (int)height, 1, ExifOrientation.Upright, false) { IsProgressive = interlace == 1 };
    }

    private static ImageHeader ReadAncillary(ContainerReader reader, ImageHeader header, FourCC name, long length, InflationBudget inflation)
    {
        var end = reader.Position + length;
        if (name == "eXIf"u8)
            return header with { Orientation = ExifOrientation.Read(reader, length) };

        if (name == "iCCP"u8 || name == "zTXt"u8)
        {
            SkipText(reader, end);
            inflation.Spend(reader, end, skip: 1);
        }
        else if (name == "iTXt"u8)
        {
            SkipText(reader, end);
            if (reader.Position < end && reader.ReadByte() == 1)
            {
                reader.Skip(Math.Min(1, end - reader.Position));
                SkipText(reader, end);
                SkipText(reader, end);
                inflation.Spend(reader, end, skip: 0);
            }
        }

        return name == "iCCP"u8 ? header with { HasColorProfile = true } : header;
    }

    private static void SkipText(ContainerReader reader, long end)
    {
        while (reader.Position < end && reader.ReadByte() != 0) { }
    }
}
