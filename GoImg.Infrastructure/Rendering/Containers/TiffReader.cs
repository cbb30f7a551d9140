using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Reads the first directory of a TIFF or BigTIFF (TIFF 6.0); further pages are counted within bounds and not shown.</summary>
internal static class TiffReader
{
    private const int MaxPages = 1_000;
    private const int MaxTags = 1_000;

    // A strip or tile is decoded whole.
    private const long MaxPieceBytes = 256 << 20;

    public static ImageHeader Read(ContainerReader reader)
    {
        reader.IsLittleEndian = reader.ReadByte() == 'I';
        reader.Skip(1);
        var isBig = reader.ReadUInt16() == 43;
        if (isBig && (reader.ReadUInt16() != 8 || reader.ReadUInt16() != 0))
            throw FileRefusedException.Damaged(FileFaultTexts.TiffHeaderIsWrong);

        var tags = TiffDirectory.Read(reader, isBig, ReadOffset(reader, isBig), MaxTags);
        CheckKind(tags);
        CheckPieces(reader, tags);
        SkipPages(reader, isBig, tags.Next);

        var orientation = tags.Number(TiffTag.Orientation, ExifOrientation.Upright) is var value and >= 1 and <= 8
            ? (int)value
            : ExifOrientation.Upright;
        return new ImageHeader(ImageFormat.Tiff, (int)tags.Width, (int)tags.Height, 1, orientation, tags.Has(TiffTag.ColorProfile));
    }

    public static long ReadOffset(ContainerReader reader, bool isBig) =>
        isBig ? (long)Math.Min(reader.ReadUInt64(), long.MaxValue) : reader.ReadUInt32();

    private static void CheckKind(TiffDirectory tags)
    {
        if (tags.Has(TiffTag.DngVersion))
            throw new FileRefusedException(ForeignSignature.Raw("DNG"));
        if (tags.Has(TiffTag.SubDirectories) && (tags.Number(TiffTag.SubfileType, 0) & 1) == 1)
            throw new FileRefusedException(ForeignSignature.OfMaker(tags.Start(TiffTag.Make)));
        if (tags.Width is <= 0 or > int.MaxValue || tags.Height is <= 0 or > int.MaxValue)
            throw FileRefusedException.Damaged(FileFaultTexts.SizeIsMissing);
        if (tags.Samples is < 1 or > 5)
            throw FileRefusedException.Unsupported(FileFaultTexts.TiffChannels.With(tags.Samples));
        if (tags.Bits is not (1 or 2 or 4 or 8 or 16) || tags.Number(TiffTag.SampleFormat, 1) != 1)
            throw FileRefusedException.Unsupported(FileFaultTexts.TiffOfMeasuredValues);
    }

    private static void CheckPieces(ContainerReader reader, TiffDirectory tags)
    {
        var isTiled = tags.Has(TiffTag.TileWidth);
        var (width, height) = isTiled
            ? (tags.Number(TiffTag.TileWidth, 0), tags.Number(TiffTag.TileLength, 0))
            : (tags.Width, Math.Min(tags.Number(TiffTag.RowsPerStrip, tags.Height), tags.Height));
        if (width <= 0 || height <= 0 || (UInt128)width * (UInt128)height * (UInt128)(tags.Samples * tags.Bits) / 8 > MaxPieceBytes)
            throw FileRefusedException.Damaged(FileFaultTexts.StripsOrTilesHaveAnImpossibleSize);

        var offsets = tags.Entry(isTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets);
        var lengths = tags.Entry(isTiled ? TiffTag.TileLengths : TiffTag.StripLengths);
        if (offsets is null || lengths is null || offsets.Value.Count != lengths.Value.Count || offsets.Value.Count == 0)
            throw FileRefusedException.Damaged(FileFaultTexts.NoPictureData);
        if (offsets.Value.Count > 1 << 20)
            throw FileRefusedException.Damaged(FileFaultTexts.PictureIsInTooManyPieces);

        CheckPlaces(reader, offsets.Value, lengths.Value);
    }

    private static void CheckPlaces(ContainerReader reader, TiffEntry offsets, TiffEntry lengths)
    {
        // many at a time: to and fro between two lists far apart, the reader would fill its buffer for each single number
        Span<long> block = stackalloc long[2048];
        for (long first = 0; first < offsets.Count; first += block.Length)
        {
            var starts = block[..(int)Math.Min(block.Length, offsets.Count - first)];
            for (var i = 0; i < starts.Length; i++)
                starts[i] = offsets.Number(reader, first + i);
            for (var i = 0; i < starts.Length; i++)
                if ((UInt128)starts[i] + (UInt128)lengths.Number(reader, first + i) > (UInt128)reader.Length)
                    throw FileRefusedException.Damaged(FileFaultTexts.EndsBeforeItsPictureDoes);
        }
    }

    private static void SkipPages(ContainerReader reader, bool isBig, long next)
    {
        for (var pages = 1; next != 0; pages++)
        {
            if (pages > MaxPages)
                throw FileRefusedException.Damaged(FileFaultTexts.TooManyPages.With(MaxPages));
            reader.SeekTo(next);
            var tags = isBig ? (long)Math.Min(reader.ReadUInt64(), long.MaxValue) : reader.ReadUInt16();
            if (tags > MaxTags)
                throw FileRefusedException.Damaged(FileFaultTexts.PageWithTooManyTags);
            reader.Skip(tags * (isBig ? 20 : 12));
            next = ReadOffset(reader, isBig);
        }
    }
}
