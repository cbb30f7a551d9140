using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Size, cut, turn and colour of a HEIF's primary picture: its properties in the order they are applied in.</summary>
internal static class HeifProperties
{
    // The association box names properties by up to 15 bits; real files have about ten.
    private const int MaxProperties = 1_000;
    private const int MaxAssociations = 64;

    public static ImageHeader Read(ContainerReader reader, HeifMeta meta, ImageFormat format)
    {
        var primary = meta.PrimaryId(reader);
        var properties = meta.Find("iprp"u8);
        reader.SeekTo(properties.Start);
        var container = IsoBox.Read(reader, properties.End);
        if (container.Name != "ipco"u8)
            throw FileRefusedException.Damaged(FileFaultTexts.PictureDescriptionIsNotComplete);

        Span<int> indexes = stackalloc int[MaxAssociations];
        var count = ReadAssociations(reader, container.End, properties.End, primary, indexes);

        var size = new Turned();
        var hasProfile = false;
        Span<IsoBox> boxes = stackalloc IsoBox[MaxAssociations];
        FindProperties(reader, container, indexes[..count], boxes);
        foreach (var property in boxes[..count])
        {
            reader.SeekTo(property.Start);
            if (property.Name == "ispe"u8)
            {
                IsoBox.ReadVersion(reader);
                size.Width = reader.ReadUInt32();
                size.Height = reader.ReadUInt32();
            }
            else if (property.Name == "clap"u8)
            {
                size.Crop(reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());
            }
            else if (property.Name == "irot"u8)
            {
                size.TurnLeft(reader.ReadByte() & 3);
            }
            else if (property.Name == "imir"u8)
            {
                size.Mirror(isTopToBottom: (reader.ReadByte() & 1) == 0);
            }
            else if (property.Name == "colr"u8)
            {
                var kind = reader.ReadFourCC();
                hasProfile |= kind == "prof"u8 || kind == "rICC"u8;
            }
        }

        return size.ToHeader(format, hasProfile);
    }

    private static int ReadAssociations(ContainerReader reader, long position, long end, uint item, Span<int> indexes)
    {
        reader.SeekTo(position);
        for (var boxes = 0; boxes < MaxAssociations && end - reader.Position >= 8; boxes++)
        {
            var box = IsoBox.Read(reader, end);
            var (version, flags) = IsoBox.ReadVersion(reader);
            var entries = box.Name == "ipma"u8 ? reader.ReadUInt32() : 0;
            for (uint i = 0; i < entries && reader.Position < box.End; i++)
            {
                var isAsked = HeifMeta.ReadId(reader, version == 0) == item;
                int count = reader.ReadByte();
                if (isAsked && count > indexes.Length)
                    throw FileRefusedException.Damaged(FileFaultTexts.PictureHasTooManyProperties);
                for (var k = 0; k < count; k++)
                {
                    var index = (flags & 1) == 0 ? reader.ReadByte() & 0x7F : reader.ReadUInt16() & 0x7FFF;
                    if (isAsked)
                        indexes[k] = index;
                }

                if (isAsked)
                    return count;
            }

            reader.SeekTo(box.End);
        }

        throw FileRefusedException.Damaged(FileFaultTexts.PictureDescriptionIsNotComplete);
    }

    /// <summary>The properties of those numbers, from 1, in one walk; 0 stands for "no property" and leaves its place empty.</summary>
    private static void FindProperties(ContainerReader reader, IsoBox container, ReadOnlySpan<int> indexes, Span<IsoBox> boxes)
    {
        boxes.Clear();
        var last = 0;
        foreach (var index in indexes)
            last = Math.Max(last, index);

        reader.SeekTo(container.Start);
        for (var number = 1; number <= Math.Min(last, MaxProperties) && container.End - reader.Position >= 8; number++)
        {
            var property = IsoBox.Read(reader, container.End);
            for (var i = 0; i < indexes.Length; i++)
                if (indexes[i] == number)
                    boxes[i] = property;
            reader.SeekTo(property.End);
        }
    }

    /// <summary>A size together with how far it was turned, as one of EXIF's eight orientations.</summary>
    private struct Turned()
    {
        // quarter turns to the left, after an optional mirroring left to right
        private int _turns;
        private bool _isMirrored;

        public long Width { get; set; }

        public long Height { get; set; }

        public void Crop(uint widthN, uint widthD, uint heightN, uint heightD)
        {
            if (widthD == 0 || heightD == 0)
                throw FileRefusedException.Damaged(FileFaultTexts.CutIsWrong);
            Width = Math.Min(Width, widthN / widthD);
            Height = Math.Min(Height, heightN / heightD);
        }

        public void TurnLeft(int quarters)
        {
            _turns = (_turns + quarters) & 3;
            if ((quarters & 1) == 1)
                (Width, Height) = (Height, Width);
        }

        public void Mirror(bool isTopToBottom)
        {
            // mirroring after a turn equals mirroring before it and turning the other way; top to bottom is left to right and a half turn
            _turns = (-_turns + (isTopToBottom ? 2 : 0)) & 3;
            _isMirrored = !_isMirrored;
        }

        public readonly ImageHeader ToHeader(ImageFormat format, bool hasProfile)
        {
            if (Width is <= 0 or > int.MaxValue || Height is <= 0 or > int.MaxValue)
                throw FileRefusedException.Damaged(FileFaultTexts.SizeIsMissing);

            ReadOnlySpan<int> plain = [1, 8, 3, 6];
            ReadOnlySpan<int> mirrored = [2, 7, 4, 5];
            var orientation = (_isMirrored ? mirrored : plain)[_turns];
            var (width, height) = orientation >= 5 ? (Height, Width) : (Width, Height);
            return new ImageHeader(format, (int)width, (int)height, 1, orientation, hasProfile);
        }
    }
}
