using System.Buffers.Binary;
using System.Text;

namespace GoImg.Infrastructure.Rendering.Camera;

/// <summary>One directory of a block of EXIF (CIPA DC-008, TIFF 6.0), looked up where it lies. Whatever can't be read is not there: EXIF is full of errors in the wild.</summary>
/// <param name="block">From the TIFF header on.</param>
internal readonly ref struct ExifDirectory(ReadOnlySpan<byte> block, long offset)
{
    private const int EntryBytes = 12;
    private const int MaxText = 1000;

    // TIFF 6.0, section 2, and its supplement
    private const int Byte = 1;
    private const int Ascii = 2;
    private const int Short = 3;
    private const int Long = 4;
    private const int Rational = 5;
    private const int Undefined = 7;
    private const int SignedRational = 10;

    private readonly ReadOnlySpan<byte> _block = block;

    private bool IsLittleEndian => _block[0] == 'I';

    /// <summary>The first directory of a block; false when it is no EXIF.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> block, out ExifDirectory first)
    {
        if (block.StartsWith("Exif\0\0"u8))
            block = block[6..];
        var isExif = block.Length >= 8 && (block.StartsWith("II*\0"u8) || block.StartsWith("MM\0*"u8));
        first = isExif ? new ExifDirectory(block, new ExifDirectory(block, 0).UInt32(block[4..])) : default;
        return isExif;
    }

    /// <summary>The directory that a tag of this one points to; an empty one when there is none.</summary>
    public ExifDirectory Sub(int tag) => new(_block, Number(tag) is { } at ? at : long.MaxValue);

    public string? Text(int tag)
    {
        if (!TryFind(tag, Ascii, 1, out var value))
            return null;
        var end = value.IndexOf((byte)0);
        value = value[..Math.Min(end < 0 ? value.Length : end, MaxText)];
        return Encoding.UTF8.GetString(value);
    }

    /// <summary>Of bytes, or of what has no type.</summary>
    public ReadOnlySpan<byte> Bytes(int tag) => TryFind(tag, Byte, 1, out var bytes) || TryFind(tag, Undefined, 1, out bytes) ? bytes : default;

    public long? Number(int tag) =>
        TryFind(tag, Short, 2, out var shorts) && shorts.Length >= 2 ? UInt16(shorts)
        : TryFind(tag, Long, 4, out var longs) && longs.Length >= 4 ? UInt32(longs)
        : TryFind(tag, Byte, 1, out var bytes) && bytes.Length >= 1 ? bytes[0]
        : null;

    /// <param name="index">Of the values of the tag.</param>
    public double? Fraction(int tag, int index = 0)
    {
        var isSigned = false;
        if (
            !TryFind(tag, Rational, 8, out var values) && !(isSigned = TryFind(tag, SignedRational, 8, out values))
            || values.Length < (index + 1) * 8
        )
            return null;

        var (above, below) = (UInt32(values[(index * 8)..]), UInt32(values[(index * 8 + 4)..]));
        return below == 0 ? null
            : isSigned ? (int)above / (double)(int)below
            : above / (double)below;
    }

    private bool TryFind(int tag, int type, int size, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (offset > _block.Length - 2)
            return false;

        var entries = _block[(int)offset..];
        var count = UInt16(entries);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= EntryBytes; i++, entries = entries[EntryBytes..])
        {
            if (UInt16(entries) != tag || UInt16(entries[2..]) != type)
                continue;

            var bytes = (long)UInt32(entries[4..]) * size;
            long at = bytes <= 4 ? _block.Length - entries.Length + 8 : UInt32(entries[8..]);
            if (at + bytes > _block.Length)
                return false;
            value = _block.Slice((int)at, (int)bytes);
            return true;
        }

        return false;
    }

    private ushort UInt16(ReadOnlySpan<byte> at) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private uint UInt32(ReadOnlySpan<byte> at) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
