using System.Buffers.Binary;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Containers;

namespace GoImg.Infrastructure.Rendering.Cleaning;

/// <summary>The chunks of picture, frames and colour profile (RFC 9649), each once where there may be one only.</summary>
internal static class WebPCopy
{
    private const int HeaderBytes = 12;
    private const int FrameBytes = 16;

    // flags of VP8X, RFC 9649, 2.7.1
    private const byte HasAnimation = 0x02;
    private const byte HasExif = 0x08;
    private const byte HasAlpha = 0x10;
    private const byte HasProfile = 0x20;

    public static void Write(ReadOnlySpan<byte> file, ImageHeader header, Stream target)
    {
        var end = (int)Math.Min(file.Length, BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L);
        file = file[..end];
        var isExtended = file[HeaderBytes..].StartsWith("VP8X"u8);
        var isTurned = isExtended && header.Orientation != ExifOrientation.Upright;
        var hasProfile = isExtended && header.HasColorProfile;
        target.Write(file[..HeaderBytes]);
        var done = new HashSet<FourCC>();
        for (var at = HeaderBytes; at + 8 <= file.Length; )
        {
            var data = Chunk(file, at, out var name);
            at += 8 + data.Length + (data.Length & 1);
            if (name == "VP8X"u8 && done.Add(name))
            {
                var flags = (byte)(data[0] & (HasAnimation | HasAlpha) | (isTurned ? HasExif : 0) | (hasProfile ? HasProfile : 0));
                WriteChunk(target, name, [flags, 0, 0, 0, .. data.Slice(4, 6)]);
            }
            else if (name == "ANMF"u8)
            {
                WriteChunk(target, name, Frame(data));
            }
            else if ((WebPMetadata.IsPicture(name) || hasProfile && name == "ICCP"u8) && done.Add(name))
            {
                WriteChunk(target, name, data);
            }
        }

        if (isTurned)
            WriteChunk(target, "EXIF"u8, OrientationExif.Of(header.Orientation));

        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(target.Length - 8));
        target.Position = 4;
        target.Write(size);
        target.Position = target.Length;
    }

    private static byte[] Frame(ReadOnlySpan<byte> frame)
    {
        using var kept = new MemoryStream();
        kept.Write(frame[..FrameBytes]);
        for (var at = FrameBytes; at + 8 <= frame.Length; )
        {
            var data = Chunk(frame, at, out var name);
            if (name == "ALPH"u8 || name == "VP8 "u8 || name == "VP8L"u8)
                WriteChunk(kept, name, data);
            at += 8 + data.Length + (data.Length & 1);
        }

        return kept.ToArray();
    }

    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> file, int at, out FourCC name)
    {
        name = file.Slice(at, 4);
        return file.Slice(at + 8, checked((int)BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..])));
    }

    private static void WriteChunk(Stream target, FourCC name, ReadOnlySpan<byte> data)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, name.Value);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], data.Length);
        target.Write(head);
        target.Write(data);
        if ((data.Length & 1) == 1)
            target.WriteByte(0);
    }
}
