using System.Buffers.Binary;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Reads numbers from a seekable stream through one small buffer. Never allocates by what a file declares,
/// and running past the end is always "damaged", so readers need no length checks of their own.</summary>
internal sealed class ContainerReader(Stream stream, CancellationToken cancellationToken)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private long _bufferStart;
    private int _buffered;
    private int _next;

    public long Length { get; } = stream.Length;

    public long Position => _bufferStart + _next;

    public long Remaining => Length - Position;

    /// <summary>Byte order of the numbers that follow.</summary>
    public bool IsLittleEndian { get; set; }

    public byte ReadByte()
    {
        if (_next == _buffered && !Fill())
            throw EndsEarly();

        return _buffer[_next++];
    }

    public ushort ReadUInt16()
    {
        var bytes = ReadSmall(2);
        return IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public uint ReadUInt24()
    {
        var bytes = ReadSmall(3);
        return IsLittleEndian ? (uint)(bytes[0] | bytes[1] << 8 | bytes[2] << 16) : (uint)(bytes[2] | bytes[1] << 8 | bytes[0] << 16);
    }

    public uint ReadUInt32()
    {
        var bytes = ReadSmall(4);
        return IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    public ulong ReadUInt64()
    {
        var bytes = ReadSmall(8);
        return IsLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Four characters as one number, whatever the byte order of numbers is.</summary>
    public FourCC ReadFourCC() => new(BinaryPrimitives.ReadUInt32BigEndian(ReadSmall(4)));

    /// <summary>Fills <paramref name="target"/> as far as the file goes and answers how far that was.</summary>
    public int Read(Span<byte> target)
    {
        var done = 0;
        while (done < target.Length && (_next < _buffered || Fill()))
        {
            var count = Math.Min(target.Length - done, _buffered - _next);
            _buffer.AsSpan(_next, count).CopyTo(target[done..]);
            _next += count;
            done += count;
        }

        return done;
    }

    public void ReadExactly(Span<byte> target)
    {
        if (Read(target) < target.Length)
            throw EndsEarly();
    }

    public void Skip(long count) => SeekTo(count > Remaining ? throw EndsEarly() : Position + count);

    public void SeekTo(long position)
    {
        if (position < 0 || position > Length)
            throw EndsEarly();

        if (position >= _bufferStart && position <= _bufferStart + _buffered)
        {
            _next = (int)(position - _bufferStart);
            return;
        }

        _bufferStart = position;
        _buffered = _next = 0;
    }

    /// <summary>Moves behind the next <paramref name="value"/>.</summary>
    public void SkipPast(byte value)
    {
        while (true)
        {
            if (_next == _buffered && !Fill())
                throw EndsEarly();

            var found = _buffer.AsSpan(_next, _buffered - _next).IndexOf(value);
            _next = found < 0 ? _buffered : _next + found + 1;
            if (found >= 0)
                return;
        }
    }

    private ReadOnlySpan<byte> ReadSmall(int count)
    {
        if (_buffered - _next < count)
        {
            _bufferStart += _next;
            _buffered = _next = 0;
            if (!Fill() || _buffered < count)
                throw EndsEarly();
        }

        _next += count;
        return _buffer.AsSpan(_next - count, count);
    }

    private bool Fill()
    {
        cancellationToken.ThrowIfCancellationRequested();
        _bufferStart += _next;
        _buffered = _next = 0;
        stream.Position = _bufferStart;
        // a small file on a slow stream may come in pieces; a half-filled buffer would look like the end
        _buffered = stream.ReadAtLeast(_buffer, (int)Math.Clamp(Length - _bufferStart, 0, _buffer.Length), throwOnEndOfStream: false);
        return _buffered > 0;
    }

    private static FileRefusedException EndsEarly() => FileRefusedException.Damaged(FileFaultTexts.EndsBeforeItsPictureDoes);
}
