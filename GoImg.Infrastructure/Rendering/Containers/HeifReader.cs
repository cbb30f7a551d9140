using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Reads the boxes of a HEIC or AVIF (ISO/IEC 14496-12 and 23008-12) for its primary picture. Orientation is that of the
/// container (irot, imir): the decoder turns by it on its own, and by the standard EXIF's does not count.</summary>
internal static class HeifReader
{
    private const int MaxTopLevelBoxes = 1_000;

    public static ImageHeader Read(ContainerReader reader)
    {
        var meta = FindMeta(reader);
        var parts = HeifMeta.Read(reader, meta);
        var format = PrimaryFormat(reader, parts);
        HeifLocations.Check(reader, parts.Find("iloc"u8));

        return HeifProperties.Read(reader, parts, format);
    }

    private static IsoBox FindMeta(ContainerReader reader)
    {
        IsoBox? meta = null;
        var (isSequence, boxes) = (false, 0);
        for (var count = 0; reader.Remaining >= 8; count++)
        {
            if (count > MaxTopLevelBoxes)
                throw FileRefusedException.Damaged(FileFaultTexts.TooManyBoxes);
            if (IsoBox.TryRead(reader, reader.Length) is not { } box)
            {
                // phones append data of their own; what the picture needs is checked by its locations
                if (meta is not null)
                    break;
                throw FileRefusedException.Damaged(FileFaultTexts.EndsWithinABox);
            }

            if (count == 0 && box.Name != "ftyp"u8)
                throw FileRefusedException.Damaged(FileFaultTexts.FirstBoxIsNotTheFileType);
            if (box.Name == "meta"u8)
                meta ??= box;
            isSequence |= box.Name == "moov"u8;
            HeifNesting.Check(reader, box, ref boxes);
            reader.SeekTo(box.End);
        }

        return meta
            ?? throw (
                isSequence
                    ? FileRefusedException.Unsupported(FileFaultTexts.FilmWithoutStill)
                    : FileRefusedException.Damaged(FileFaultTexts.NoPictureDescription)
            );
    }

    private static ImageFormat PrimaryFormat(ContainerReader reader, HeifMeta parts)
    {
        var type = parts.TypeOf(reader, parts.PrimaryId(reader));
        // a grid or an overlay is put together from coded pictures; the first tells the codec
        if (type == "grid"u8 || type == "iovl"u8 || type == "iden"u8)
            type = parts.FirstDerivedFrom(reader, parts.PrimaryId(reader)) is { } first ? parts.TypeOf(reader, first) : default;

        if (type == "hvc1"u8)
            return ImageFormat.Heic;
        if (type == "av01"u8)
            return ImageFormat.Avif;

        throw FileRefusedException.Unsupported(FileFaultTexts.UnknownHeifCoding);
    }
}
