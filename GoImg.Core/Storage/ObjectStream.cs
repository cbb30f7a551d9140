namespace GoImg.Core.Storage;

/// <summary>An object as a stream that knows its length and can be moved in, for answers to requests for a range: reading on from another place
/// opens the object again there. Who moves often makes a local copy instead (<see cref="LocalCopies"/>).</summary>
public sealed class ObjectStream(IObjectStore store, ObjectKey key, OpenObject opened) : Stream
{
    private readonly long _length = opened.LengthBytes;
    private OpenObject _opened = opened;
    private long _openedAt;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= _length)
            return 0;
        if (Position != _openedAt)
        {
            await _opened.DisposeAsync();
            _opened =
                await store.OpenAsync(key, new ByteRange(Position, _length - Position), cancellationToken)
                ?? throw new ObjectDamagedException($"{key} went while it was read.");
            _openedAt = Position;
        }

        var read = await _opened.Content.ReadAsync(buffer, cancellationToken);
        Position = _openedAt += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position =
            offset
            + origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => Position,
                _ => _length,
            };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _opened.Content.Dispose();
        base.Dispose(disposing);
    }
}
