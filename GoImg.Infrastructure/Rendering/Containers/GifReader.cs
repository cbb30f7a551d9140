using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Walks all blocks of a GIF to its trailer, as only that tells the number of frames (GIF89a specification).</summary>
internal static class GifReader
{
    // A frame has one control block; the rest are comments and application data.
    private const int MaxExtensions = 10_000;

    public static ImageHeader Read(ContainerReader reader, int maxFrames)
    {
        var budget = new AncillaryBudget(maxParts: MaxExtensions);
        reader.IsLittleEndian = true;
        reader.Skip(6);
        var (width, height, flags) = ((int)reader.ReadUInt16(), (int)reader.ReadUInt16(), reader.ReadByte());
        reader.Skip(2 + ColourTable(flags));

        var (frames, hasProfile) = (0, false);
        var (data, pixels) = (0L, 0L);
        while (true)
        {
            // without its trailer a file is whole when its last frame is: browsers ask for no more
            if (reader.Remaining == 0 && frames > 0)
                return EndsWhole(reader, data, pixels)
                    ? Header() with
                    {
                        EndsAt = reader.Length,
                    }
                    : throw FileRefusedException.Damaged(FileFaultTexts.EndsBeforeItsPictureDoes);
            switch (reader.ReadByte())
            {
                case 0x2C:
                    var (x, y, w, h) = (reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16());
                    if (w == 0 || h == 0)
                        throw FileRefusedException.Damaged(FileFaultTexts.FrameWithoutSize);
                    // a first frame larger than the screen defines the size, as browsers and the decoder see it
                    if (frames == 0)
                        (width, height) = (Math.Max(width, x + w), Math.Max(height, y + h));
                    // the limits count each frame as large as the picture; one that lies askew costs no more than that
                    else if ((long)w * h > (long)width * height)
                        throw FileRefusedException.Damaged(FileFaultTexts.FrameLargerThanThePicture);
                    reader.Skip(ColourTable(reader.ReadByte()));
                    (data, pixels) = (reader.Position, (long)w * h);
                    if (reader.ReadByte() is 0 or > 11)
                        throw FileRefusedException.Damaged(FileFaultTexts.PictureDataDoesNotStartAsGif);
                    SkipBlocks(reader);
                    // beyond the limit the exact number does not matter, and counting could take long
                    if (++frames > maxFrames)
                        return Header();
                    break;

                case 0x21:
                    hasProfile |= reader.ReadByte() == 0xFF && IsProfile(reader);
                    budget.Spend(SkipBlocks(reader));
                    break;

                case 0x3B:
                    return frames > 0 ? Header() : throw FileRefusedException.Damaged(FileFaultTexts.NoFrame);

                case 0x00:
                    // some encoders end a block twice
                    break;

                default:
                    throw FileRefusedException.Damaged(FileFaultTexts.GifBlocksDoNotFollowOneAnother);
            }
        }

        ImageHeader Header() => new(ImageFormat.Gif, width, height, frames, ExifOrientation.Upright, hasProfile);
    }

    private static bool EndsWhole(ContainerReader reader, long data, long pixels)
    {
        reader.SeekTo(data);
        return GifFrameData.IsWhole(reader, pixels);
    }

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;

    private static bool IsProfile(ContainerReader reader)
    {
        var start = reader.Position;
        Span<byte> name = stackalloc byte[12];
        var isProfile = reader.Read(name) == name.Length && name[1..].SequenceEqual("ICCRGBG1012"u8);
        reader.SeekTo(start);
        return isProfile;
    }

    private static long SkipBlocks(ContainerReader reader)
    {
        long bytes = 0;
        for (int length; (length = reader.ReadByte()) > 0; bytes += length)
            reader.Skip(length);

        return bytes;
    }
}
