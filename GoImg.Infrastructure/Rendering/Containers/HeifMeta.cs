using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>The children of a HEIF's <c>meta</c> box. Only their places are kept; each question walks its box again, so nothing
/// grows with what the file declares.</summary>
internal sealed class HeifMeta
{
    // A 48 megapixel phone photo has about 200 tiles and a few previews and masks.
    private const int MaxItems = 4_096;
    private const int MaxChildren = 64;
    private readonly List<IsoBox> _children = new(16);

    public static HeifMeta Read(ContainerReader reader, IsoBox meta)
    {
        var parts = new HeifMeta();
        reader.SeekTo(meta.Start);
        IsoBox.ReadVersion(reader);
        while (meta.End - reader.Position >= 8)
        {
            var child = IsoBox.Read(reader, meta.End);
            if (parts._children.Count >= MaxChildren)
                throw FileRefusedException.Damaged(FileFaultTexts.TooManyBoxes);
            parts._children.Add(child);
            reader.SeekTo(child.End);
        }

        return parts;
    }

    /// <summary>The box of that name, which has to be there.</summary>
    public IsoBox Find(FourCC name) => TryFind(name) ?? throw FileRefusedException.Damaged(FileFaultTexts.PictureDescriptionIsNotComplete);

    public uint PrimaryId(ContainerReader reader)
    {
        reader.SeekTo(Find("pitm"u8).Start);
        return ReadId(reader, IsoBox.ReadVersion(reader).Version == 0);
    }

    public FourCC TypeOf(ContainerReader reader, uint item)
    {
        var infos = Find("iinf"u8);
        reader.SeekTo(infos.Start);
        var count = ReadId(reader, IsoBox.ReadVersion(reader).Version == 0);
        if (count > MaxItems)
            throw FileRefusedException.Damaged(FileFaultTexts.TooManyPicturesAndTiles.With(MaxItems));

        for (var i = 0; i < count && reader.Position < infos.End; i++)
        {
            var info = IsoBox.Read(reader, infos.End);
            var version = IsoBox.ReadVersion(reader).Version;
            if (info.Name == "infe"u8 && version >= 2 && ReadId(reader, version == 2) == item)
            {
                reader.Skip(2);
                return reader.ReadFourCC();
            }

            reader.SeekTo(info.End);
        }

        throw FileRefusedException.Damaged(FileFaultTexts.MainPictureIsMissing);
    }

    /// <summary>Null when there is none.</summary>
    public uint? FirstOfType(ContainerReader reader, FourCC type)
    {
        var infos = Find("iinf"u8);
        reader.SeekTo(infos.Start);
        var count = ReadId(reader, IsoBox.ReadVersion(reader).Version == 0);
        for (var i = 0; i < Math.Min(count, MaxItems) && reader.Position < infos.End; i++)
        {
            var info = IsoBox.Read(reader, infos.End);
            var version = IsoBox.ReadVersion(reader).Version;
            if (info.Name == "infe"u8 && version >= 2)
            {
                var id = ReadId(reader, version == 2);
                reader.Skip(2);
                if (reader.ReadFourCC() == type)
                    return id;
            }

            reader.SeekTo(info.End);
        }

        return null;
    }

    /// <summary>The first item that <paramref name="item"/> is put together from; null if none is named.</summary>
    public uint? FirstDerivedFrom(ContainerReader reader, uint item)
    {
        if (TryFind("iref"u8) is not { } references)
            return null;

        reader.SeekTo(references.Start);
        var isShort = IsoBox.ReadVersion(reader).Version == 0;
        for (var i = 0; i < MaxItems && references.End - reader.Position >= 8; i++)
        {
            var reference = IsoBox.Read(reader, references.End);
            if (reference.Name == "dimg"u8 && ReadId(reader, isShort) == item && reader.ReadUInt16() > 0)
                return ReadId(reader, isShort);

            reader.SeekTo(reference.End);
        }

        return null;
    }

    public static uint ReadId(ContainerReader reader, bool isShort) => isShort ? reader.ReadUInt16() : reader.ReadUInt32();

    private IsoBox? TryFind(FourCC name)
    {
        foreach (var child in _children)
            if (child.Name == name)
                return child;

        return null;
    }
}
