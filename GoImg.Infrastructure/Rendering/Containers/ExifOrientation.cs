using System.Buffers.Binary;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Finds the orientation in a block of EXIF. EXIF is full of errors in the wild and nothing else depends on it:
/// whatever cannot be read means upright.</summary>
internal static class ExifOrientation
{
    public const int Upright = 1;

    /// <summary>How much of a block is looked at: the first directory always lies at its start.</summary>
    public const int Window = 8 * 1024;

    private const int OrientationTag = 0x0112; // EXIF 2.32, 4.6.4
    private const int ShortType = 3;

    /// <param name="exif">From the TIFF header on, or from the <c>Exif\0\0</c> before it.</param>
    public static int Read(ReadOnlySpan<byte> exif)
    {
        if (exif.StartsWith("Exif\0\0"u8))
            exif = exif[6..];

        var isLittleEndian = exif.StartsWith("II*\0"u8);
        if (exif.Length < 8 || !(isLittleEndian || exif.StartsWith("MM\0*"u8)))
            return Upright;

        var directory = UInt32(exif[4..]);
        if (directory > exif.Length - 2)
            return Upright;

        var entries = exif[(int)directory..];
        var count = UInt16(entries);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
            if (UInt16(entries) == OrientationTag && UInt16(entries[2..]) == ShortType)
                return UInt16(entries[8..]) is var value and >= 1 and <= 8 ? value : Upright;

        return Upright;

        ushort UInt16(ReadOnlySpan<byte> at) =>
            isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        uint UInt32(ReadOnlySpan<byte> at) => isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
    }

    /// <summary>Reads the block at the reader's position, of the given length.</summary>
    public static int Read(ContainerReader reader, long length)
    {
        // not from the heap: a file may have a thousand such blocks
        Span<byte> window = stackalloc byte[Window];
        window = window[..(int)Math.Min(length, Window)];
        reader.ReadExactly(window);
        return Read(window);
    }
}
