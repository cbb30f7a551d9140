using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Bounds how deep boxes lie within one another, and how many there are. Our readers go to fixed depths; a decoder goes as deep as the
/// file tells it to, so what no picture needs is refused before.</summary>
internal static class HeifNesting
{
    // The deepest a still picture needs is 4, a film's sample tables 8.
    private const int MaxDepth = 16;

    // A phone's photo has some 300; one with an item for each of its tiles a few thousand.
    private const int MaxBoxes = 10_000;

    // Boxes of ISO/IEC 14496-12 and 23008-12 that hold boxes and nothing before them but, for some, a version.
    private static readonly FourCC[] Holders =
    [
        "meta"u8,
        "dinf"u8,
        "iprp"u8,
        "ipco"u8,
        "grpl"u8,
        "sinf"u8,
        "schi"u8,
        "moov"u8,
        "trak"u8,
        "edts"u8,
        "mdia"u8,
        "minf"u8,
        "stbl"u8,
        "mvex"u8,
        "moof"u8,
        "traf"u8,
        "udta"u8,
        "meco"u8,
        "tref"u8,
        "strk"u8,
        "strd"u8,
        "rinf"u8,
        "mfra"u8,
        "iinf"u8,
        "iref"u8,
    ];

    /// <summary>Walks one top-level box; <paramref name="boxes"/> counts over all of a file's.</summary>
    public static void Check(ContainerReader reader, IsoBox box, ref int boxes) => Check(reader, box, depth: 1, ref boxes);

    private static void Check(ContainerReader reader, IsoBox box, int depth, ref int boxes)
    {
        if (depth > MaxDepth)
            throw FileRefusedException.Damaged(FileFaultTexts.BoxesTooDeep.With(MaxDepth));
        if (++boxes > MaxBoxes)
            throw FileRefusedException.Damaged(FileFaultTexts.TooManyBoxes);
        if (!Holders.Contains(box.Name))
            return;

        reader.SeekTo(Math.Min(box.Start + BytesBefore(reader, box), box.End));
        // what does not fit is judged by who needs it
        while (IsoBox.TryRead(reader, box.End) is { } child)
        {
            Check(reader, child, depth + 1, ref boxes);
            reader.SeekTo(child.End);
        }
    }

    /// <summary>What stands before the first child: version and flags, and in a list its length.</summary>
    private static long BytesBefore(ContainerReader reader, IsoBox box)
    {
        if (box.Name == "meta"u8 || box.Name == "iref"u8)
            return 4;
        if (box.Name != "iinf"u8)
            return 0;

        reader.SeekTo(box.Start);
        return box.End - box.Start < 4 ? 0
            : IsoBox.ReadVersion(reader).Version == 0 ? 6
            : 8;
    }
}
