using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage;

/// <summary>A file, or a range of it, as every store gives its bytes: forwards and once.</summary>
internal sealed class LocalRange : ForwardStream
{
    private readonly FileStream _file;
    private long _left;

    public LocalRange(FileStream file, ByteRange? range)
    {
        (_file, _left) = (file, range?.LengthBytes ?? long.MaxValue);
        if (range is { } part)
            file.Position = part.OffsetBytes;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= read;
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }
}
