namespace GoImg.Tests.Harness;

/// <summary>A file that tells how it was read, and gives at most <paramref name="pieceBytes"/> at once, as a slow disk may.</summary>
internal sealed class WatchedStream(byte[] file, int pieceBytes = int.MaxValue) : Stream
{
    private long _position;

    /// <summary>All bytes given, the same byte as often as it was.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Where the reader was at most; never behind the file's end.</summary>
    public long Farthest { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => _position;
        set
        {
            Assert.True(value >= 0 && value <= file.Length, $"The reader went to {value} of {file.Length}.");
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(Math.Min(buffer.Length, pieceBytes), file.Length - _position);
        file.AsSpan((int)_position, count).CopyTo(buffer);
        _position += count;
        BytesRead += count;
        Farthest = Math.Max(Farthest, _position);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position =
            offset
            + origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => _position,
                _ => file.Length,
            };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
