namespace GoImg.Tests.Storage;

/// <summary>A sender that never ends by itself; it can fail, or do something, after so many bytes.</summary>
internal sealed class EndlessStream : Stream
{
    public long BytesRead { get; private set; }

    public long FailsAfter { get; init; } = long.MaxValue;

    public (long Bytes, Action Act) After { get; init; } = (long.MaxValue, () => { });

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (BytesRead >= FailsAfter)
            throw new IOException("The sender is gone.");
        if (BytesRead >= After.Bytes)
            After.Act();
        BytesRead += count;
        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
