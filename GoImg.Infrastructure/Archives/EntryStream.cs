using System.IO.Hashing;

namespace GoImg.Infrastructure.Archives;

/// <summary>What a file of an archive is written into: counted, with its CRC-32, and no more than there is room for.</summary>
/// <param name="inner">Closed by <see cref="CloseAsync"/> alone.</param>
internal sealed class EntryStream(Stream inner, long mostBytes) : Stream
{
    private static readonly byte[] Zeros = new byte[16 * 1024];

    private readonly Crc32 _checksum = new();
    private long _length;

    public uint Crc32 => _checksum.GetCurrentHashAsUInt32();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>With zeros to its end.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        while (_length < mostBytes)
            await WriteAsync(Zeros, cancellationToken);
    }

    public ValueTask CloseAsync() => inner.DisposeAsync();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var taken = buffer[..(int)Math.Min(buffer.Length, mostBytes - _length)];
        _checksum.Append(taken.Span);
        _length += taken.Length;
        await inner.WriteAsync(taken, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() { }

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The response takes asynchronous writes only.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
