using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Walks a WebP's RIFF chunks (RFC 9649).</summary>
internal static class WebPReader
{
    public static ImageHeader Read(ContainerReader reader, int maxFrames)
    {
        reader.IsLittleEndian = true;
        reader.Skip(4);
        var end = reader.ReadUInt32() + 8L;
        reader.Skip(4);
        if (end > reader.Length)
            throw FileRefusedException.Damaged(FileFaultTexts.ShorterThanItsRiffHeaderSays);

        var budget = new AncillaryBudget();
        (int Width, int Height)? canvas = null;
        var (isAnimated, stills, frames, orientation, hasProfile) = (false, 0, 0, ExifOrientation.Upright, false);
        var isFirst = true;

        while (reader.Position + 8 <= end)
        {
            var chunk = WebPChunk.Read(reader, end);
            if (chunk.Name == "VP8X"u8 && isFirst)
            {
                isAnimated = (reader.ReadUInt32() & 0x02) != 0;
                canvas = ((int)reader.ReadUInt24() + 1, (int)reader.ReadUInt24() + 1);
            }
            else if (chunk.IsPicture)
            {
                var size = ReadPictureSize(reader, chunk);
                if (++stills > 1 || (canvas is not null && !isAnimated && canvas != size))
                    throw FileRefusedException.Damaged(FileFaultTexts.PictureOfAnotherSize);
                canvas ??= size;
            }
            else if (chunk.Name == "ANMF"u8)
            {
                if (canvas is null || !isAnimated)
                    throw FileRefusedException.Damaged(FileFaultTexts.FramesButIsNoAnimation);
                CheckFrame(reader, chunk, canvas.Value);
                if (++frames > maxFrames)
                    break;
            }
            else
            {
                budget.Spend(chunk.Length);
                hasProfile |= chunk.Name == "ICCP"u8;
                if (chunk.Name == "EXIF"u8)
                    orientation = ExifOrientation.Read(reader, chunk.Length);
            }

            isFirst = false;
            // the last chunk's padding byte is often left out
            reader.SeekTo(Math.Min(chunk.PaddedEnd, reader.Length));
        }

        if (canvas is null || (isAnimated ? frames == 0 : stills == 0))
            throw FileRefusedException.Damaged(FileFaultTexts.NoPictureData);

        return new ImageHeader(ImageFormat.WebP, canvas.Value.Width, canvas.Value.Height, Math.Max(frames, 1), orientation, hasProfile);
    }

    private static void CheckFrame(ContainerReader reader, WebPChunk frame, (int Width, int Height) canvas)
    {
        if (frame.Length < 24)
            throw FileRefusedException.Damaged(FileFaultTexts.FrameWithoutPicture);

        var (x, y) = (reader.ReadUInt24() * 2L, reader.ReadUInt24() * 2L);
        var size = ((int)reader.ReadUInt24() + 1, (int)reader.ReadUInt24() + 1);
        reader.Skip(4);
        if (x + size.Item1 > canvas.Width || y + size.Item2 > canvas.Height)
            throw FileRefusedException.Damaged(FileFaultTexts.FrameThatReachesBeyondThePicture);

        for (var parts = 0; parts < 8 && reader.Position + 8 <= frame.End; parts++)
        {
            var part = WebPChunk.Read(reader, frame.End);
            if (part.IsPicture)
            {
                if (ReadPictureSize(reader, part) != size)
                    throw FileRefusedException.Damaged(FileFaultTexts.FrameOfAnotherSize);
                return;
            }

            reader.SeekTo(Math.Min(part.PaddedEnd, frame.End));
        }

        throw FileRefusedException.Damaged(FileFaultTexts.FrameWithoutPicture);
    }

    private static (int Width, int Height) ReadPictureSize(ContainerReader reader, WebPChunk chunk)
    {
        if (chunk.Length < 10)
            throw FileRefusedException.Damaged(FileFaultTexts.PictureDataDoesNotStartAsWebP);

        if (chunk.Name == "VP8L"u8)
        {
            if (reader.ReadByte() != 0x2F)
                throw FileRefusedException.Damaged(FileFaultTexts.PictureDataDoesNotStartAsWebP);
            var bits = reader.ReadUInt32();
            return ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
        }

        var tag = reader.ReadUInt24();
        if ((tag & 1) != 0 || reader.ReadUInt24() != 0x2A019D)
            throw FileRefusedException.Damaged(FileFaultTexts.PictureDataDoesNotStartAsWebP);
        var size = (reader.ReadUInt16() & 0x3FFF, reader.ReadUInt16() & 0x3FFF);
        return size is (> 0, > 0) ? size : throw FileRefusedException.Damaged(FileFaultTexts.PictureWithoutSize);
    }
}
