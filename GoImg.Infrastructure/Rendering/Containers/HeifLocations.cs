namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Holds that every item of a HEIF lies within the file, so that a truncated one is told before it is decoded.</summary>
internal static class HeifLocations
{
    private const int MaxExtents = 16_384;

    public static void Check(ContainerReader reader, IsoBox locations)
    {
        reader.SeekTo(locations.Start);
        var version = IsoBox.ReadVersion(reader).Version;
        var sizes = reader.ReadUInt16();
        var (offsetSize, lengthSize, baseSize, indexSize) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, version == 0 ? 0 : sizes & 15);
        if (version > 2 || !(IsWidth(offsetSize) && IsWidth(lengthSize) && IsWidth(baseSize) && IsWidth(indexSize)))
            throw FileRefusedException.Damaged(FileFaultTexts.ListOfLocationsIsWrong);

        var items = HeifMeta.ReadId(reader, version < 2);
        var budget = MaxExtents;
        for (uint i = 0; i < items; i++)
        {
            HeifMeta.ReadId(reader, version < 2);
            var method = version == 0 ? 0 : reader.ReadUInt16() & 15;
            reader.Skip(2);
            var start = ReadNumber(reader, baseSize);
            for (int extents = reader.ReadUInt16(); extents > 0; extents--)
            {
                ReadNumber(reader, indexSize);
                var (offset, length) = (ReadNumber(reader, offsetSize), ReadNumber(reader, lengthSize));
                if (--budget < 0 || reader.Position > locations.End)
                    throw FileRefusedException.Damaged(FileFaultTexts.ListOfLocationsIsWrong);
                // other methods count from within the description, which is known to be whole
                if (method == 0 && (UInt128)start + offset + length > (UInt128)reader.Length)
                    throw FileRefusedException.Damaged(FileFaultTexts.EndsBeforeItsPictureDoes);
            }

            if (--budget < 0)
                throw FileRefusedException.Damaged(FileFaultTexts.ListOfLocationsIsWrong);
        }
    }

    /// <summary>Where the first piece of an item lies in the file; null when it lies elsewhere. The list was checked.</summary>
    public static (long Start, long Length)? Find(ContainerReader reader, IsoBox locations, uint wanted)
    {
        reader.SeekTo(locations.Start);
        var version = IsoBox.ReadVersion(reader).Version;
        var sizes = reader.ReadUInt16();
        var (offsetSize, lengthSize, baseSize, indexSize) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, version == 0 ? 0 : sizes & 15);
        var items = HeifMeta.ReadId(reader, version < 2);
        for (uint i = 0; i < items && reader.Position < locations.End; i++)
        {
            var id = HeifMeta.ReadId(reader, version < 2);
            var method = version == 0 ? 0 : reader.ReadUInt16() & 15;
            reader.Skip(2);
            var start = ReadNumber(reader, baseSize);
            int extents = reader.ReadUInt16();
            for (var extent = 0; extent < extents; extent++)
            {
                ReadNumber(reader, indexSize);
                var (offset, length) = (ReadNumber(reader, offsetSize), ReadNumber(reader, lengthSize));
                if (id == wanted)
                    return method == 0 ? ((long)(start + offset), (long)length) : null;
            }
        }

        return null;
    }

    private static bool IsWidth(int size) => size is 0 or 4 or 8;

    private static ulong ReadNumber(ContainerReader reader, int size) =>
        size switch
        {
            4 => reader.ReadUInt32(),
            8 => reader.ReadUInt64(),
            _ => 0,
        };
}
