using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Containers;
using GoImg.Infrastructure.Rendering.Protocol;

namespace GoImg.Infrastructure.Rendering;

/// <summary>Holds what a render process delivers to what was asked for: a process that decoded a stranger's bytes may say anything.</summary>
internal static class RenditionCheck
{
    private const int MaxPlaceholderSidePx = 32;

    /// <summary>Whether this is a WebP of that size with nothing in it but a picture.</summary>
    public static bool IsWebP(Stream content, RenderSize size) =>
        IsWebP(content, header => header.WidthPx == size.WidthPx && header.HeightPx == size.HeightPx && (size.IsAnimated || header.Frames == 1));

    public static bool IsPlaceholder(byte[] content) =>
        IsWebP(new MemoryStream(content), header => header is { WidthPx: <= MaxPlaceholderSidePx, HeightPx: <= MaxPlaceholderSidePx, Frames: 1 });

    /// <summary>Whether this is a JPEG without any application data but JFIF's and Adobe's marks.</summary>
    public static bool IsBareJpeg(Stream content)
    {
        try
        {
            var reader = new ContainerReader(content, CancellationToken.None);
            return FileSignature.Find(Start(reader)) == ImageFormat.Jpeg && JpegReader.IsBare(reader);
        }
        catch (FileRefusedException)
        {
            return false;
        }
    }

    private static bool IsWebP(Stream content, Func<ImageHeader, bool> isExpected)
    {
        try
        {
            var reader = new ContainerReader(content, CancellationToken.None);
            return FileSignature.Find(Start(reader)) == ImageFormat.WebP
                && isExpected(WebPReader.Read(reader, int.MaxValue))
                && HasPictureOnly(reader);
        }
        catch (FileRefusedException)
        {
            return false;
        }
    }

    private static byte[] Start(ContainerReader reader)
    {
        var start = new byte[12];
        reader.ReadExactly(start);
        reader.SeekTo(0);
        return start;
    }

    private static bool HasPictureOnly(ContainerReader reader)
    {
        reader.SeekTo(4);
        if (reader.ReadUInt32() + 8L != reader.Length)
            return false;

        reader.Skip(4);
        return HasPictureOnly(reader, reader.Length, depth: 0);
    }

    private static bool HasPictureOnly(ContainerReader reader, long end, int depth)
    {
        while (end - reader.Position >= 8)
        {
            var chunk = WebPChunk.Read(reader, end);
            if (!WebPMetadata.IsPicture(chunk.Name))
                return false;
            if (chunk.Name == "ANMF"u8)
            {
                reader.Skip(16);
                if (depth > 0 || !HasPictureOnly(reader, chunk.End, depth + 1))
                    return false;
            }

            reader.SeekTo(Math.Min(chunk.PaddedEnd, end));
        }

        return reader.Position == end;
    }
}
