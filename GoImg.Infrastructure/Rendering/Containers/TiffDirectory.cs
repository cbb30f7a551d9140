namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Tags GoImg looks at; numbers from TIFF 6.0 and its supplements.</summary>
internal enum TiffTag
{
    SubfileType = 254,
    Width = 256,
    Height = 257,
    BitsPerSample = 258,
    Make = 271,
    StripOffsets = 273,
    Orientation = 274,
    SamplesPerPixel = 277,
    RowsPerStrip = 278,
    StripLengths = 279,
    TileWidth = 322,
    TileLength = 323,
    TileOffsets = 324,
    TileLengths = 325,
    SubDirectories = 330,
    SampleFormat = 339,
    ColorProfile = 34675,
    DngVersion = 50706,
}

/// <summary>One directory: for each known tag where its values are. Numbers are read when they are asked for.</summary>
internal sealed class TiffDirectory
{
    private readonly ContainerReader _reader;
    private readonly Dictionary<TiffTag, TiffEntry> _entries = [];

    private TiffDirectory(ContainerReader reader) => _reader = reader;

    /// <summary>Where the next directory is; 0 for none.</summary>
    public long Next { get; private set; }

    public long Width => Number(TiffTag.Width, 0);

    public long Height => Number(TiffTag.Height, 0);

    public long Samples => Number(TiffTag.SamplesPerPixel, 1);

    public long Bits => Number(TiffTag.BitsPerSample, 1);

    public static TiffDirectory Read(ContainerReader reader, bool isBig, long position, int maxTags)
    {
        var directory = new TiffDirectory(reader);
        var ancillary = new AncillaryBudget();
        reader.SeekTo(position);
        var count = isBig ? (long)Math.Min(reader.ReadUInt64(), long.MaxValue) : reader.ReadUInt16();
        if (count == 0 || count > maxTags)
            throw FileRefusedException.Damaged(FileFaultTexts.NoTagsOrTooMany);

        for (var i = 0; i < count; i++)
        {
            var (tag, type) = ((TiffTag)reader.ReadUInt16(), reader.ReadUInt16());
            var values = isBig ? (long)Math.Min(reader.ReadUInt64(), long.MaxValue) : reader.ReadUInt32();
            var start = reader.Position;
            var entry = TiffEntry.Create(reader, type, values, isBig);
            if (Enum.IsDefined(tag))
                directory._entries.TryAdd(tag, entry);
            if (!entry.IsInline && tag is not (TiffTag.StripOffsets or TiffTag.StripLengths or TiffTag.TileOffsets or TiffTag.TileLengths))
                ancillary.Spend(entry.Bytes);
            reader.SeekTo(start + (isBig ? 8 : 4));
        }

        directory.Next = TiffReader.ReadOffset(reader, isBig);
        return directory;
    }

    public bool Has(TiffTag tag) => _entries.ContainsKey(tag);

    public TiffEntry? Entry(TiffTag tag) => _entries.TryGetValue(tag, out var entry) ? entry : null;

    /// <summary>The first bytes of a tag's text; empty when it has none.</summary>
    public byte[] Start(TiffTag tag)
    {
        if (Entry(tag) is not { Type: 2 } entry)
            return [];

        var start = new byte[Math.Min(entry.Bytes, 16)];
        _reader.SeekTo(entry.Position);
        _reader.ReadExactly(start);
        return start;
    }

    /// <summary>The tag's first value.</summary>
    public long Number(TiffTag tag, long missing) => _entries.TryGetValue(tag, out var entry) && entry.Count > 0 ? entry.Number(_reader, 0) : missing;
}

/// <summary>Where the values of one tag are.</summary>
internal readonly record struct TiffEntry(int Type, long Count, long Position, long Bytes, bool IsInline)
{
    public static TiffEntry Create(ContainerReader reader, int type, long count, bool isBig)
    {
        var size = type switch
        {
            1 or 2 or 6 or 7 => 1,
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            _ => 1,
        };
        if (count > reader.Length)
            throw FileRefusedException.Damaged(FileFaultTexts.TagLargerThanTheFile);

        var bytes = count * size;
        var isInline = bytes <= (isBig ? 8 : 4);
        var position = isInline ? reader.Position : TiffReader.ReadOffset(reader, isBig);
        if ((UInt128)position + (UInt128)bytes > (UInt128)reader.Length)
            throw FileRefusedException.Damaged(FileFaultTexts.TagThatLiesBehindTheFileEnd);

        return new TiffEntry(type, count, position, bytes, isInline);
    }

    /// <summary>The value at that place, from 0. Never negative.</summary>
    public long Number(ContainerReader reader, long index)
    {
        var size = Bytes / Math.Max(Count, 1);
        reader.SeekTo(Position + index * size);
        return Type switch
        {
            1 or 6 or 7 => reader.ReadByte(),
            3 or 8 => reader.ReadUInt16(),
            4 or 9 or 13 => reader.ReadUInt32(),
            16 or 17 or 18 => (long)Math.Min(reader.ReadUInt64(), long.MaxValue),
            _ => throw FileRefusedException.Damaged(FileFaultTexts.NumberOfTheWrongKind),
        };
    }
}
