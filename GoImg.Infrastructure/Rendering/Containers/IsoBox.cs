namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>One box; the reader stands at <paramref name="Start"/>, the first byte of its content.</summary>
internal readonly record struct IsoBox(FourCC Name, long Start, long End)
{
    /// <summary>Null when the box does not fit before <paramref name="end"/>.</summary>
    public static IsoBox? TryRead(ContainerReader reader, long end)
    {
        var start = reader.Position;
        if (end - start < 8)
            return null;

        ulong size = reader.ReadUInt32();
        var name = reader.ReadFourCC();
        if (size == 1 && end - start >= 16)
            size = reader.ReadUInt64();
        else if (size == 0)
            size = (ulong)(end - start);

        return size < (ulong)(reader.Position - start) || size > (ulong)(end - start) ? null : new IsoBox(name, reader.Position, start + (long)size);
    }

    public static IsoBox Read(ContainerReader reader, long end) =>
        TryRead(reader, end) ?? throw FileRefusedException.Damaged(FileFaultTexts.BoxLargerThanItsParent);

    /// <summary>Reads version and flags of a full box.</summary>
    public static (byte Version, uint Flags) ReadVersion(ContainerReader reader)
    {
        var word = reader.ReadUInt32();
        return ((byte)(word >> 24), word & 0xFF_FFFF);
    }
}
