using System.IO.Compression;
using System.Text;

namespace GoImg.Infrastructure.Scanning;

/// <summary>So many bytes, without holding them: zeros, and at their end an archive with the harmless test file every scanner knows. Who finds it there has looked
/// at all of them, whichever way its signature for the test file works: by its beginning, its hash or anywhere.</summary>
internal sealed class TestCarrier(long length) : Stream
{
    // eicar.org's test file, back to front, so that no scanner objects to this program
    private const string TestFile = "*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X";
    private static readonly byte[] Archive = Pack();
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = Math.Max(length, Archive.Length);

    public override long Position { get => _position; set => _position = value; }

    public override int Read(Span<byte> buffer)
    {
        var zeros = Length - Archive.Length - _position;
        var count = (int)Math.Min(buffer.Length, zeros > 0 ? zeros : Length - _position);
        if (zeros > 0)
            buffer[..count].Clear();
        else
            Archive.AsSpan((int)-zeros, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] Pack()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("test.com", CompressionLevel.NoCompression).Open())
            entry.Write(Encoding.ASCII.GetBytes([.. TestFile.Reverse()]));
        return file.ToArray();
    }
}
