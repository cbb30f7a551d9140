using System.IO.Compression;
using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Finds out what a compressed PNG chunk unpacks to, without keeping it and never further than the limit:
/// libpng unpacks all of them when it opens the file, into memory.</summary>
internal sealed class InflationBudget
{
    private const int MaxChunkBytes = 1 << 20;
    private const int MaxFileBytes = 4 << 20;
    private int _total;

    /// <summary>Unpacks from the reader's position plus <paramref name="skip"/> to <paramref name="end"/>. Data that is not
    /// zlib at all costs a decoder nothing and is let pass.</summary>
    public void Spend(ContainerReader reader, long end, int skip)
    {
        if (end - reader.Position <= skip)
            return;

        reader.Skip(skip);
        if (end - reader.Position < 2 || WantsDictionary(reader))
            return;

        using var source = new Window(reader, end);
        using var zlib = new ZLibStream(source, CompressionMode.Decompress);
        Span<byte> sink = stackalloc byte[4096];
        var chunk = 0;
        try
        {
            for (int count; (count = zlib.Read(sink)) > 0; )
            {
                chunk += count;
                _total += count;
                if (chunk > MaxChunkBytes || _total > MaxFileBytes)
                    throw new FileRefusedException(new ImageFileErrors.TooMuchMetadata(FileFaultTexts.UnpacksToTooMuch));
            }
        }
        catch (InvalidDataException)
        {
            // libpng leaves out what it cannot unpack to its end; what came before is counted
        }
    }

    /// <summary>No decoder of PNG has a dictionary to give, and ZLibStream fails on the question as it would on a broken disk.</summary>
    private static bool WantsDictionary(ContainerReader reader)
    {
        var start = reader.Position;
        reader.ReadByte();
        // RFC 1950, 2.2: FDICT in the second byte
        var wants = (reader.ReadByte() & 0x20) != 0;
        reader.SeekTo(start);
        return wants;
    }

    /// <summary>The part of the file between two positions, forward only.</summary>
    private sealed class Window(ContainerReader reader, long end) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer) => reader.Read(buffer[..(int)Math.Min(buffer.Length, end - reader.Position)]);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
