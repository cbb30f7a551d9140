namespace GoImg.Infrastructure.Scanning;

/// <summary>A file of so many bytes that is made while it is read: how it begins, how it ends, and one byte over and over between. Never shorter
/// than its two ends; nothing but these is held in memory.</summary>
internal sealed class PaddedFile(byte[] start, byte[] end, long length, byte filling = 0) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = Math.Max(length, start.Length + end.Length);

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var tail = Length - end.Length;
        var read = 0;
        while (read < buffer.Length && Position < Length)
        {
            var rest = buffer[read..];
            int count;
            if (Position < start.Length)
                count = Copy(start.AsSpan((int)Position), rest);
            else if (Position < tail)
                count = Fill(rest[..(int)Math.Min(rest.Length, tail - Position)]);
            else
                count = Copy(end.AsSpan((int)(Position - tail)), rest);
            Position += count;
            read += count;
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position =
            offset
            + origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => Position,
                _ => Length,
            };

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var count = Math.Min(from.Length, to.Length);
        from[..count].CopyTo(to);
        return count;
    }

    private int Fill(Span<byte> to)
    {
        to.Fill(filling);
        return to.Length;
    }
}
