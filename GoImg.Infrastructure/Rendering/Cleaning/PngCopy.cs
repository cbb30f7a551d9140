using System.Buffers.Binary;
using System.IO.Hashing;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Containers;

namespace GoImg.Infrastructure.Rendering.Cleaning;

/// <summary>The chunks that pixels, animation and colours need (PNG specification, third edition).</summary>
internal static class PngCopy
{
    private static readonly FourCC[] Kept =
    [
        "IHDR"u8,
        "PLTE"u8,
        "tRNS"u8,
        "IDAT"u8,
        "acTL"u8,
        "fcTL"u8,
        "fdAT"u8,
        "iCCP"u8,
        "sRGB"u8,
        "gAMA"u8,
        "cHRM"u8,
        "cICP"u8,
        "mDCV"u8,
        "cLLI"u8,
    ];

    public static void Write(ReadOnlySpan<byte> file, ImageHeader header, Stream target)
    {
        target.Write(PngReader.Signature);
        for (var at = PngReader.Signature.Length; at < file.Length; )
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(file[at..]));
            FourCC name = file.Slice(at + 4, 4);
            var chunk = file.Slice(at, length + 12);
            if (name == "IEND"u8)
                break;
            if (Array.IndexOf(Kept, name) >= 0)
                target.Write(chunk);
            if (name == "IHDR"u8 && header.Orientation != ExifOrientation.Upright)
                WriteChunk(target, "eXIf"u8, OrientationExif.Of(header.Orientation));
            at += chunk.Length;
        }

        target.Write(EndMark.Of(ImageFormat.Png));
    }

    private static void WriteChunk(Stream target, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        name.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32.HashToUInt32(chunk.AsSpan(4, data.Length + 4)));
        target.Write(chunk);
    }
}
