using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Cleaning;

/// <summary>Frames with their timing, how often they repeat, and the colour profile (GIF89a specification).</summary>
internal static class GifCopy
{
    private const int HeaderBytes = 13;
    private const int FrameBytes = 10;
    private const int TimingBytes = 4;
    private const int RepeatBytes = 3;

    public static void Write(ReadOnlySpan<byte> file, Stream target)
    {
        var at = HeaderBytes + TableBytes(file[10]);
        target.Write(file[..at]);
        while (at < file.Length && file[at] != 0x3B)
        {
            if (file[at] == 0x2C)
            {
                var start = at;
                at += FrameBytes + TableBytes(file[at + FrameBytes - 1]) + 1;
                at = EndOfBlocks(file, at);
                target.Write(file[start..at]);
            }
            else if (file[at] == 0x21)
            {
                var end = EndOfBlocks(file, at + 2);
                WriteExtension(file[at..end], target);
                at = end;
            }
            else
            {
                // a block ended twice
                at++;
            }
        }

        target.Write(EndMark.Of(ImageFormat.Gif));
    }

    private static void WriteExtension(ReadOnlySpan<byte> extension, Stream target)
    {
        if (extension is [_, 0xF9, TimingBytes, ..])
        {
            target.Write(extension[..(3 + TimingBytes)]);
            target.WriteByte(0);
        }
        else if (extension is [_, 0xFF, 11, ..])
        {
            var name = extension.Slice(3, 11);
            var blocks = extension[14..];
            if (name.SequenceEqual("ICCRGBG1012"u8))
            {
                target.Write(extension);
            }
            else if ((name.SequenceEqual("NETSCAPE2.0"u8) || name.SequenceEqual("ANIMEXTS1.0"u8)) && blocks is [RepeatBytes, 1, ..])
            {
                target.Write(extension[..(14 + 1 + RepeatBytes)]);
                target.WriteByte(0);
            }
        }
    }

    private static int TableBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;

    private static int EndOfBlocks(ReadOnlySpan<byte> file, int at)
    {
        // the slice refuses what is not there
        while (file.Slice(at, 1)[0] is > 0 and var length)
            at += 1 + length;
        return at + 1;
    }
}
