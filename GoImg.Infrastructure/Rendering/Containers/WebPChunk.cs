namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>One chunk of a WebP; the reader stands at <paramref name="Start"/>, the first byte of its data.</summary>
internal readonly record struct WebPChunk(FourCC Name, long Start, long Length)
{
    public long End => Start + Length;

    public long PaddedEnd => End + (Length & 1);

    public bool IsPicture => Name == "VP8 "u8 || Name == "VP8L"u8;

    public static WebPChunk Read(ContainerReader reader, long end)
    {
        var (name, length) = (reader.ReadFourCC(), reader.ReadUInt32());
        if (reader.Position + length > end)
            throw FileRefusedException.Damaged(FileFaultTexts.EndsWithinAWebPChunk);

        return new WebPChunk(name, reader.Position, length);
    }
}
